import type { AreaSteering, Steering, SteeringPart } from '$lib/contracts';
import type { Random } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';

/** What a list is made of, for every row of the catalogue. */
export interface SteeringQuestion {
	/** Index of each row's neighbourhood into `names`. */
	readonly neighbourhoods: ArrayLike<number>;
	readonly names: readonly string[];
	/** Fit by the person's own acts and corrections alone. */
	readonly own: Float64Array;
	/** What the other parts add to it. */
	readonly parts: Readonly<Record<Exclude<SteeringPart, 'order'>, Float64Array>>;
	/** Rows that may not be listed. */
	readonly hidden: ReadonlySet<number>;
	/** The list as it is shown, best first: varied and with places for exploration. */
	readonly list: readonly number[];
	/** Homes whose fits lie within about this are about as good. */
	readonly noise: number;
	readonly acts: number;
}

const DRAWS = 200;
const TAIL = 0.05;

/**
 * Compares how much of each neighbourhood is seen in the list with how much would be seen if the
 * person's own acts alone put homes in order. Two homes that are about as good may stand either way
 * round, so the comparison is with many lists drawn so (fit plus normal noise). Areas are called
 * favoured or avoided only where the list as a whole lies further from what was asked than 95 in 100
 * of those: of forty areas some always look odd by themselves. Exposure by place is that of discounted
 * gain, as in Singh and Joachims 2018, "Fairness of exposure in rankings".
 */
export function steeringOf(question: SteeringQuestion, random: Random): Steering {
	const { acts, hidden, list, names, neighbourhoods, own } = question;
	const open = [...own.keys()].filter((row) => !hidden.has(row));
	const areas = { neighbourhoods, count: names.length };
	const all = sharesOf(open, areas, () => 1);
	const listed = exposureOf(list, areas);
	const draws = drawnExposures(question, open, areas, random);
	const asked = meanOf(draws);
	const distance = apart(listed, asked);
	const byChance = Float64Array.from(draws, (draw) => apart(draw, asked)).sort();
	const chance = byChance[Math.ceil((1 - TAIL) * (DRAWS - 1))] as number;
	const told = [...names.keys()]
		.filter((area) => (all[area] as number) > 0)
		.map((area): AreaSteering => {
			const drawn = Float64Array.from(draws, (draw) => draw[area] as number).sort();
			const low = drawn[Math.floor(TAIL * (DRAWS - 1))] as number;
			const high = drawn[Math.ceil((1 - TAIL) * (DRAWS - 1))] as number;
			const share = listed[area] as number;
			const outside = share > high ? 'favoured' : share < low ? 'avoided' : 'as-asked';
			const verdict = distance > chance ? outside : 'as-asked';
			return {
				name: names[area] as string,
				homes: Math.round((all[area] as number) * open.length),
				all: all[area] as number,
				asked: asked[area] as number,
				list: share,
				low,
				high,
				verdict,
				...(verdict !== 'as-asked' && { because: becauseOf(question, open, areas, area) }),
			};
		});
	return {
		listed: list.length,
		acts,
		areas: told.sort((a, b) => b.homes - a.homes),
		apart: distance,
		chance,
	};
}

interface Areas {
	readonly neighbourhoods: ArrayLike<number>;
	readonly count: number;
}

/** Lists as long as the one in question, by the own fit and noise. */
function drawnExposures(
	{ list, noise, own }: SteeringQuestion,
	open: readonly number[],
	areas: Areas,
	random: Random,
): Float64Array[] {
	const drawn = new Float64Array(open.length);
	return Array.from({ length: DRAWS }, () => {
		open.forEach((row, i) => (drawn[i] = (own[row] as number) + noise * random.normal()));
		const places = topPlaces(drawn, list.length);
		return exposureOf(
			Array.from(places, (place) => open[place] as number),
			areas,
		);
	});
}

/** The part without which the area's share would come nearest to what the own fit gives it. */
function becauseOf(
	{ list, own, parts }: SteeringQuestion,
	open: readonly number[],
	areas: Areas,
	area: number,
): SteeringPart {
	const shareOf = (...added: readonly Float64Array[]) => {
		const fits = Float64Array.from(open, (row) =>
			added.reduce((sum, part) => sum + (part[row] as number), own[row] as number),
		);
		const rows = Array.from(topPlaces(fits, list.length), (place) => open[place] as number);
		return exposureOf(rows, areas)[area] as number;
	};
	const { others, popularity } = parts;
	const whole = shareOf(popularity, others);
	const moved: Readonly<Record<SteeringPart, number>> = {
		popularity: Math.abs(whole - shareOf(others)),
		others: Math.abs(whole - shareOf(popularity)),
		order: Math.abs((exposureOf(list, areas)[area] as number) - whole),
	};
	return (Object.keys(moved) as SteeringPart[]).reduce((most, part) =>
		moved[part] > moved[most] ? part : most,
	);
}

const exposureOf = (rows: readonly number[], areas: Areas) =>
	sharesOf(rows, areas, (place) => 1 / Math.log2(2 + place));

function sharesOf(
	rows: readonly number[],
	{ count, neighbourhoods }: Areas,
	weightOf: (place: number) => number,
): Float64Array {
	const shares = new Float64Array(count);
	let total = 0;
	rows.forEach((row, place) => {
		const weight = weightOf(place);
		const area = neighbourhoods[row] as number;
		shares[area] = (shares[area] as number) + weight;
		total += weight;
	});
	return total > 0 ? shares.map((share) => share / total) : shares;
}

function meanOf(draws: readonly Float64Array[]): Float64Array {
	const mean = new Float64Array(draws[0]?.length ?? 0);
	for (const draw of draws)
		draw.forEach((share, area) => (mean[area] = (mean[area] as number) + share / draws.length));
	return mean;
}

/** Total variation. */
function apart(left: Float64Array, right: Float64Array): number {
	return left.reduce((sum, share, area) => sum + Math.abs(share - (right[area] as number)) / 2, 0);
}
