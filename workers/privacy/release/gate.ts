import type { ReleasedCell, ReleaseFigure } from '$lib/contracts';
import type { ExactNoise, Rational } from '$workers/privacy/noise/exact-noise';
import { rarelyReached, usuallyWithin } from '$workers/privacy/noise/laplace';
import { deltaOf } from './accountant';
import { mostOf } from './counted-stays';
import type { CellName, Group } from './layout';
import { MINIMUM_PEOPLE } from './minimums';

/** A cell as it is, before any noise. Never leaves the worker. */
export interface TrueCell {
	readonly name: CellName;
	readonly people: number;
	readonly total: number;
	/** What the home with the largest part of the total has of it. */
	readonly largest: number;
}

/** What a release of some epsilon is bound by. Follows from its rules alone. */
export interface Bounds {
	/** Of the noise on each of the two numbers of a cell: each costs half of the epsilon. */
	readonly scale: Rational;
	/** The noisy total from which a cell has enough people, except with the chance of `delta`. */
	readonly enough: number;
	/** What the other homes must have more than the largest one, with noise. */
	readonly spread: number;
	/** 90 of 100 times the noise is at most this large. */
	readonly within: number;
}

const NOISY_NUMBERS = 2n;
/** Two worlds that differ in one guest differ by (1 + e^epsilon) chances, and e^1 < 3. */
const CHANCES = 4;

export function boundsOf(figure: ReleaseFigure, thousandths: number): Bounds {
	const most = mostOf(figure);
	const scale = { over: BigInt(most) * NOISY_NUMBERS * 1_000n, under: BigInt(thousandths) };
	const rare = rarelyReached(scale, deltaOf(thousandths) / CHANCES);
	return {
		scale,
		enough: most * (MINIMUM_PEOPLE - 1) + rare,
		spread: rare,
		within: usuallyWithin(scale, 0.9),
	};
}

/**
 * Decides what may leave, and leaves the rest out. `docs/privacy/release.md` has the argument; in
 * short, a guest is in one cell and changes each of its two noisy numbers by at most `mostOf`:
 *
 * - the total: large enough, it can't be that of fewer than `MINIMUM_PEOPLE`;
 * - the total less twice the largest home: above 0, no home has half of the total, and so at least
 *   `MINIMUM_PROPERTIES` homes have a part in it.
 *
 * Whatever the noise says, a cell that breaks a rule is not shown.
 */
export function releaseCells(
	groups: readonly Group[],
	cells: ReadonlyMap<string, TrueCell>,
	bounds: Bounds,
	noise: ExactNoise,
): readonly ReleasedCell[] {
	const looked = groups.map(({ cells: names, whole }) => {
		const passed = names.flatMap((name) => passing(cells.get(keyOf(name)), bounds, noise));
		const complete = whole && passed.length === names.length;
		return { shown: complete ? passed : withoutSmallest(passed), passed, complete };
	});
	const shown = looked.flatMap((group) => group.shown);
	const something = looked.some((group) => group.shown.length < group.passed.length);
	const everything = looked.every(({ complete }) => complete);
	return everything || something ? shown : withoutSmallest(shown);
}

/** A cell with its noisy total where it may be shown, nothing otherwise. */
function passing(
	cell: TrueCell | undefined,
	{ enough, scale, spread, within }: Bounds,
	noise: ExactNoise,
): readonly ReleasedCell[] {
	if (!cell) return [];
	const { largest, name, people, total } = cell;
	const value = total + Number(noise.laplace(scale));
	const beside = total - 2 * largest + Number(noise.laplace(scale));
	if (value < enough || beside < spread) return [];
	if (people < MINIMUM_PEOPLE || total <= 2 * largest) return [];
	return [{ name, value, within }];
}

/**
 * Without the smallest one: where not all is shown, what is not shown has then the people of a whole
 * cell, and no total less what is shown comes down to a few.
 */
function withoutSmallest(cells: readonly ReleasedCell[]): readonly ReleasedCell[] {
	const smallest = cells.reduce<ReleasedCell | undefined>(
		(least, cell) => (!least || cell.value < least.value ? cell : least),
		undefined,
	);
	return cells.filter((cell) => cell !== smallest);
}

export const keyOf = (name: CellName): string => name.join('\n');
