import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { NumberArray } from '$workers/table/column';
import type { Market } from './curve';

/** Every property and day to come, ready to be priced: what a fitted pricing model keeps. */
export interface Markets {
	/** Civil day of the first column. */
	readonly first: number;
	readonly days: number;
	readonly link: Market['link'];
	/** By property and day, `property * days + day`. */
	readonly offset: Float64Array;
	readonly usual: Float64Array;
	readonly current: Float64Array;
	readonly free: Float64Array;
	/** Nights let, or units of them, already. */
	readonly booked: Float64Array;
	/** What each group of features adds to demand, beyond the property's average. */
	readonly weekday: Float64Array;
	readonly season: Float64Array;
	readonly holiday: Float64Array;
	readonly books: Float64Array;
	/** By property. */
	readonly effect: Float64Array;
	readonly effectDeviation: Float64Array;
	readonly spread: Float64Array;
	readonly base: Float64Array;
}

const BY_DAY = [
	'offset',
	'usual',
	'current',
	'free',
	'booked',
	'weekday',
	'season',
	'holiday',
	'books',
] as const;
const BY_PROPERTY = ['effect', 'effectDeviation', 'spread', 'base'] as const;
const FORMAT = 'pricing-markets';

export function marketAt(markets: Markets, property: number, day: number): Market {
	const at = property * markets.days + day;
	return {
		offset: markets.offset[at] as number,
		usual: markets.usual[at] as number,
		current: markets.current[at] as number,
		free: markets.free[at] as number,
		effect: markets.effect[property] as number,
		effectDeviation: markets.effectDeviation[property] as number,
		spread: markets.spread[property] as number,
		base: markets.base[property] as number,
		link: markets.link,
	};
}

export function encodeMarkets(markets: Markets): ArrayBuffer {
	const { days, first, link } = markets;
	return encodeTensors({
		arrays: Object.fromEntries([...BY_DAY, ...BY_PROPERTY].map((name) => [name, markets[name]])),
		metadata: { format: FORMAT, first: String(first), days: String(days), link },
	});
}

/** The inverse; a RangeError where the bytes are not of markets. */
export function decodeMarkets(buffer: ArrayBuffer): Markets {
	const { arrays, metadata } = decodeTensors(buffer);
	const days = Number(metadata.days);
	if (metadata.format !== FORMAT || !(days > 0)) throw new RangeError('these are not markets');
	const properties = arrays.base?.length ?? 0;
	const read = <Name extends string>(names: readonly Name[], length: number) =>
		Object.fromEntries(names.map((name) => [name, checked(arrays[name], length)])) as Record<
			Name,
			Float64Array
		>;
	return {
		first: Number(metadata.first),
		days,
		link: metadata.link === 'log' ? 'log' : 'logit',
		...read(BY_DAY, properties * days),
		...read(BY_PROPERTY, properties),
	};
}

function checked(array: NumberArray | undefined, length: number): Float64Array {
	if (!(array instanceof Float64Array) || array.length !== length)
		throw new RangeError('an array of the markets is missing or torn');
	return array;
}
