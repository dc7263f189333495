import type { Column, NumberArray } from '$workers/table/column';
import { decodeTable, encodeTable } from '$workers/table/encode';
import type { Catalogue, HomeColumns, HomeFacts, HomeTable } from '$workers/table/homes';
import { FaultError } from './fault';

/** Changes when older apps can no longer read what this one writes. */
const FORMAT = 'doorstep-catalogue-1';
const MOST_HOMES = 200_000;
/** An Ed25519 key's SPKI (RFC 8410) in base64: twelve bytes that never change, and the key. */
const PUBLIC_KEY = /^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/;
const PERIODS: readonly string[] = ['night', 'week', 'month'];

type Check =
	Column['type'] | { readonly array: NumberKind; readonly bounds?: readonly [number, number] };
type NumberKind = Float64ArrayConstructor | Float32ArrayConstructor | Uint32ArrayConstructor;

/** What each column has to be. Bounds let no NaN through; where there are none, NaN is allowed. */
const CHECKS: Readonly<Record<keyof HomeColumns, Check>> = {
	key: 'text',
	title: 'text',
	neighbourhood: 'category',
	property_type: 'category',
	room_type: 'category',
	host: { array: Uint32Array },
	guests: { array: Float32Array },
	bedrooms: { array: Float32Array },
	beds: { array: Float32Array },
	bathrooms: { array: Float32Array },
	price: { array: Float64Array, bounds: [Number.MIN_VALUE, 1e9] },
	minimum_nights: { array: Float32Array },
	latitude: { array: Float64Array, bounds: [-90, 90] },
	longitude: { array: Float64Array, bounds: [-180, 180] },
	amenities: 'set',
	rating: { array: Float32Array },
	reviews: { array: Float32Array },
	listed_on: { array: Float64Array },
};

/** The catalogue's file: the table with its facts as metadata (see workers/table/tensors.ts). */
export function encodeCatalogue({ homes, facts }: Catalogue): ArrayBuffer {
	return encodeTable(homes, {
		format: FORMAT,
		facts: JSON.stringify({ ...facts, asOf: jsonDay(facts) }),
	});
}

/**
 * The inverse of `encodeCatalogue`; arrays are views on the buffer.
 *
 * @throws FaultError CatalogueDamaged: not such a file, cut off, or holding what cannot be
 */
export function decodeCatalogue(buffer: ArrayBuffer): Catalogue {
	try {
		const { table, metadata } = decodeTable(buffer);
		if (metadata.format !== FORMAT) throw new RangeError('format is not known');
		return { homes: checkHomes(table), facts: readFacts(metadata.facts ?? '') };
	} catch (error) {
		if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
			throw damaged();
		throw error;
	}
}

function checkHomes(table: {
	count: number;
	columns: Readonly<Record<string, Column>>;
}): HomeTable {
	if (table.count < 1 || table.count > MOST_HOMES)
		throw new RangeError('count of homes is out of range');
	const columns = Object.entries(CHECKS).map(([name, check]) => {
		const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
		if (!column) throw new RangeError(`column ${name} is missing`);
		checkColumn(column, check);
		return [name, column];
	});
	const homes = { count: table.count, columns: Object.fromEntries(columns) as HomeColumns };
	if (new Set(homes.columns.key.values).size !== homes.count)
		throw new RangeError('a key is repeated');
	return homes;
}

function checkColumn(column: Column, check: Check): void {
	const kind = typeof check === 'string' ? check : 'number';
	if (column.type !== kind) throw new RangeError('a column is of another kind');
	if (typeof check === 'string' || column.type !== 'number') return;
	if (!(column.values instanceof check.array)) throw new RangeError('numbers are of another type');
	if (check.bounds && !within(column.values, check.bounds))
		throw new RangeError('a number is out of range');
	if (column.values.includes(Infinity) || column.values.includes(-Infinity))
		throw new RangeError('a number is not finite');
}

function within(values: NumberArray, [from, to]: readonly [number, number]): boolean {
	return values.every((value: number) => value >= from && value <= to);
}

function readFacts(text: string): HomeFacts {
	const { place, currency, period, asOf, packKey, sample } = JSON.parse(text) as Record<
		string,
		unknown
	>;
	if (typeof place !== 'string' || place.length > 200) throw new RangeError('place is no text');
	if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
		throw new RangeError('no currency');
	if (typeof period !== 'string' || !PERIODS.includes(period)) throw new RangeError('no period');
	if (typeof sample !== 'boolean') throw new RangeError('sample is not said');
	return {
		place,
		currency,
		period: period as HomeFacts['period'],
		asOf: typeof asOf === 'number' ? asOf : Number.NaN,
		sample,
		...(packKey !== undefined && { packKey: readKey(packKey) }),
	};
}

/** @throws RangeError where it is no key */
function readKey(packKey: unknown): string {
	if (typeof packKey !== 'string' || !PUBLIC_KEY.test(packKey)) throw new RangeError('no key');
	return packKey;
}

/** JSON has no NaN. */
const jsonDay = ({ asOf }: HomeFacts) => (Number.isNaN(asOf) ? null : asOf);

const damaged = () =>
	new FaultError({
		name: 'CatalogueDamaged',
		message: 'The catalogue’s file is damaged or of another version of the app.',
		kept: 'The homes that were here are as they were.',
		next: 'Try again later, or open a listings file of your own.',
	});
