import { turnedRows } from '$workers/table/sparse';
import type { Interactions } from '../interactions';

/** How many acts a person has who counts once, however much the busy are held back. */
const USUAL_ACTS = 100;

/** How much a person's acts count: less for each, the more of them there are. */
export function weightOf(acts: number, activityPower: number): number {
	return acts === 0 ? 0 : (USUAL_ACTS / acts) ** activityPower;
}

/** How often two items were in one history, weighted; rows of length `width`. */
export interface Gram {
	readonly values: Float32Array;
	readonly diagonal: Float64Array;
}

/** Row by row, each summed in float64; `pace` is told how many rows are done. */
export async function gramOf(
	interactions: Interactions,
	activityPower: number,
	pace: (rows: number) => Promise<void>,
): Promise<Gram> {
	const { width, starts, columns, values } = interactions;
	const people = turnedRows(interactions);
	const gram = new Float32Array(width * width);
	const diagonal = new Float64Array(width);
	const sums = new Float64Array(width);
	for (let item = 0; item < width; item++) {
		sums.fill(0);
		for (let i = people.starts[item] as number; i < (people.starts[item + 1] as number); i++) {
			const person = people.columns[i] as number;
			const from = starts[person] as number;
			const end = starts[person + 1] as number;
			const times = (people.values[i] as number) * weightOf(end - from, activityPower);
			for (let at = from; at < end; at++) {
				const other = columns[at] as number;
				sums[other] = (sums[other] as number) + times * (values[at] as number);
			}
		}
		gram.set(sums, item * width);
		diagonal[item] = sums[item] as number;
		await pace(item + 1);
	}
	return { values: gram, diagonal };
}
