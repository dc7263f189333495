import type { ExactNoise } from '../noise/exact-noise';
import { MOST_HOMES, UNIT } from './bounded';
import { OF_MEMBERS, scaleOf } from './split';
import type { Statistics } from './statistics';

/** Told every so many cells how far it is; it throws where somebody stopped it. */
export type Pause = (done: number, total: number) => Promise<void>;

const CELLS_AT_ONCE = 2_000;

/**
 * The statistics with noise on every cell, those of nobody included. What is computed from the answer
 * alone costs no more (Dwork and Roth 2014, proposition 2.1).
 */
export async function noised(
	statistics: Statistics,
	thousandths: number,
	noise: ExactNoise,
	pause: Pause = async () => undefined,
): Promise<Statistics> {
	const { also, chosen, guests, homes, more, next } = statistics;
	const total = also.length + chosen.length + next.length;
	let before = 0;
	const draw = async (cells: Int32Array, most: number, part: number): Promise<Int32Array> => {
		const scale = scaleOf(most, thousandths, part);
		const drawn = new Int32Array(cells.length);
		for (let at = 0; at < cells.length; at++) {
			if (at % CELLS_AT_ONCE === 0) await pause(before + at, total);
			drawn[at] = (cells[at] as number) + Number(noise.laplace(scale));
		}
		before += cells.length;
		return drawn;
	};
	return {
		homes,
		guests: guests + Number(noise.laplace(scaleOf(1, thousandths, OF_MEMBERS.guests))),
		more: more + Number(noise.laplace(scaleOf(MOST_HOMES - 1, thousandths, OF_MEMBERS.more))),
		chosen: await draw(chosen, UNIT, OF_MEMBERS.chosen),
		also: await draw(also, UNIT, OF_MEMBERS.also),
		next: await withoutDiagonal(next, homes, (cells) => draw(cells, UNIT, OF_MEMBERS.next)),
	};
}

/** Nobody goes from a home to itself, whoever the guests are: those cells are known to be 0. */
async function withoutDiagonal(
	cells: Int32Array,
	homes: number,
	change: (cells: Int32Array) => Promise<Int32Array>,
): Promise<Int32Array> {
	const isStep = (_: number, at: number) => Math.floor(at / homes) !== at % homes;
	const changed = await change(cells.filter(isStep));
	let at = 0;
	return cells.map((_, cell) => (isStep(0, cell) ? (changed[at++] as number) : 0));
}
