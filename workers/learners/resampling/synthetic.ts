import { type Random, shuffle } from '$workers/math/random';
import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import type { Breathe } from '../linear';
import type { Examples } from '../tabular';
import type { ClassRows } from './classes';
import { Space, candidatesOf } from './space';

const ROWS_A_BREATH = 20;

/**
 * SMOTE (Chawla et al. 2002): adds rows of the smaller class, each somewhere between one of its rows and
 * one of that row's nearest of the same class, until both classes are equally many. Categories are the
 * commonest among those neighbours (SMOTE-NC). Every row has its turn as often as any other.
 */
export async function smote(
	train: Examples,
	classes: ClassRows,
	neighbours: number,
	random: Random,
	breathe: Breathe,
): Promise<Examples> {
	const order = shuffle(classes.few.slice(), random);
	const wanted = classes.many.length - classes.few.length;
	const bases = Uint32Array.from({ length: wanted }, (_, i) => order[i % order.length] as number);
	return addSynthetic(train, classes, bases, neighbours, random, breathe);
}

/**
 * ADASYN (He et al. 2008): as SMOTE, but a row has its turn the more often, the more of its nearest rows
 * are of the other class.
 */
export async function adasyn(
	train: Examples,
	classes: ClassRows,
	neighbours: number,
	random: Random,
	breathe: Breathe,
): Promise<Examples> {
	const space = new Space(train.rows);
	const all = candidatesOf(
		Uint32Array.from({ length: train.rows.count }, (_, row) => row),
		random,
	);
	const side = train.targets[classes.few[0] as number];
	const hardness = new Float64Array(classes.few.length);
	for (const [i, row] of classes.few.entries()) {
		if (i % ROWS_A_BREATH === 0) await breathe((0.5 * i) / classes.few.length);
		hardness[i] = space
			.nearest(row, all, neighbours)
			.filter((near) => train.targets[near.row] !== side).length;
	}
	if (hardness.every((value) => value === 0)) hardness.fill(1);
	const bases = shareOut(classes.few, hardness, classes.many.length - classes.few.length);
	return addSynthetic(train, classes, bases, neighbours, random, breathe);
}

/** `wanted` rows, each as often as its share says, give or take one. */
function shareOut(rows: Uint32Array, shares: Float64Array, wanted: number): Uint32Array {
	const total = shares.reduce((sum, share) => sum + share, 0);
	const turns: number[] = [];
	let before = 0;
	rows.forEach((row, i) => {
		before += shares[i] as number;
		const until = Math.round((before / total) * wanted);
		while (turns.length < until) turns.push(row);
	});
	return Uint32Array.from(turns);
}

async function addSynthetic(
	train: Examples,
	{ few }: ClassRows,
	bases: Uint32Array,
	neighbours: number,
	random: Random,
	breathe: Breathe,
): Promise<Examples> {
	if (few.length < 2) throw new RangeError('the smaller class has one row: nothing lies between');
	const space = new Space(train.rows);
	const candidates = candidatesOf(few, random);
	const nearestOf = new Map<number, Uint32Array>();
	const columns = train.rows.columns.map((column) => extended(column, bases.length));
	for (const [i, base] of bases.entries()) {
		if (i % ROWS_A_BREATH === 0) await breathe(0.5 + (0.5 * i) / bases.length);
		const near =
			nearestOf.get(base) ??
			Uint32Array.from(space.nearest(base, candidates, neighbours), ({ row }) => row);
		nearestOf.set(base, near);
		const other = near[random.integer(near.length)] as number;
		const share = random.next();
		for (const { kind, values } of columns)
			values[train.rows.count + i] =
				kind === 'category' ? commonest(values, near) : between(values, base, other, share);
	}
	return withRows(train, { count: train.rows.count + bases.length, columns }, bases);
}

function extended(column: MatrixColumn, by: number): MatrixColumn {
	const values = new Float64Array(column.values.length + by);
	values.set(column.values);
	return { ...column, values };
}

/** The base's own value where one of the two is missing. */
function between(values: Float64Array, base: number, other: number, share: number): number {
	const from = values[base] as number;
	const to = values[other] as number;
	return Number.isNaN(to) ? from : from + share * (to - from);
}

/** The first to come of equally common ones. */
function commonest(levels: Float64Array, rows: Uint32Array): number {
	const counts = new Map<number, number>();
	for (const row of rows) {
		const level = levels[row] as number;
		counts.set(level, (counts.get(level) ?? 0) + 1);
	}
	const most = Math.max(...counts.values());
	return [...counts].find(([, count]) => count === most)?.[0] ?? Number.NaN;
}

/** New rows have the target and weight of the rows they were made of. */
function withRows({ targets, weights }: Examples, rows: Matrix, bases: Uint32Array): Examples {
	const joined = (values: Float64Array) => {
		const longer = new Float64Array(rows.count);
		longer.set(values);
		bases.forEach((base, i) => (longer[values.length + i] = values[base] as number));
		return longer;
	};
	return { rows, targets: joined(targets), ...(weights && { weights: joined(weights) }) };
}
