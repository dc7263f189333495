/**
 * The conformance suite of learners: every promise of `workers/learners/contract.ts` as a test.
 *
 * How to use it, in a file `test/conformance/<learner>.test.ts`:
 *
 *     conforms('my learner', () => ({
 *         estimator: myLearner({ ridge: 1 }),
 *         from: myLearnerFrom,               // the inverse of toBuffer
 *         train: () => plainColumns(),       // new, equal data at each call; structured-cloneable
 *         query: () => plainColumns(),
 *         pick: (query, rows) => ...,        // these rows of the query, in this order
 *         rows: (output) => ...,             // one array of numbers for each row of the query
 *         poisoned: () => withNaN(),         // training data that must be refused with a RangeError
 *         abilities: ['explains'],           // those it has; an undeclared one is a failure
 *         split: (train) => [kept, more]     // needed for 'updates' and 'forgets'
 *     }));
 *
 * After scikit-learn's `check_estimator` (sklearn/utils/estimator_checks.py).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
	Contributions,
	Estimator,
	Explains,
	Fitted,
	Forgets,
	Run,
	Updates,
} from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';

export type Ability = 'explains' | 'updates' | 'forgets';

export interface LearnerCase<Train, Query, Output> {
	readonly estimator: Estimator<Train, Query, Output>;
	readonly from: (buffer: ArrayBuffer) => Fitted<Query, Output> | Promise<Fitted<Query, Output>>;
	readonly train: () => Train;
	readonly query: () => Query;
	readonly pick: (query: Query, rows: readonly number[]) => Query;
	readonly rows: (output: Output) => readonly ArrayLike<number>[];
	readonly poisoned: () => Train;
	readonly abilities?: readonly Ability[];
	/** All of the training data in two parts, the second one coming later. */
	readonly split?: (train: Train) => readonly [kept: Train, more: Train];
	/** Largest difference where sums may run in another order (batches, updates); 1e-6 if left out. */
	readonly tolerance?: number;
	/** Live tensors now; left out where a learner has none. */
	readonly liveTensors?: () => number;
	/** Releases what the case itself opened. */
	readonly close?: () => void;
}

const METHODS: Record<Ability, string> = {
	explains: 'explain',
	updates: 'update',
	forgets: 'forget',
};

/** Registers the whole suite for one learner. */
export function conforms<Train, Query, Output>(
	name: string,
	makeCase: () => LearnerCase<Train, Query, Output> | Promise<LearnerCase<Train, Query, Output>>,
): void {
	describe(`${name} keeps the learners' contract`, () => {
		let learner: LearnerCase<Train, Query, Output>;
		beforeAll(async () => {
			learner = await makeCase();
		});
		afterAll(() => learner.close?.());

		it('fits twice to the same bytes', () => check_fit_is_repeatable(learner));
		it('leaves its training data as it was', () => check_fit_leaves_data(learner));
		it('keeps no reference to its training data', () => check_fit_keeps_no_data(learner));
		it('predicts without changing itself or the query', () => check_predict_is_pure(learner));
		it('predicts a row alone as in a batch', () => check_batches(learner));
		it('predicts rows in any order', () => check_order(learner));
		it('goes to a buffer and back', () => check_buffer_and_back(learner));
		it('stops when cancelled', () => check_cancel(learner));
		it('reports progress that never goes back', () => check_progress(learner));
		it('refuses what is not a number', () => check_refuses_nan(learner));
		it('releases what it took', () => check_releases(learner));
		it('has the abilities that it declares, and no other', () => check_abilities(learner));
		it('explains scores by shares that sum to them', async (test) => {
			if (!has(learner, 'explains')) test.skip('it does not explain');
			await check_explains(learner);
		});
		it('updates to what a fit of all at once gives', async (test) => {
			if (!has(learner, 'updates')) test.skip('it does not update');
			await check_updates(learner);
		});
		it('forgets to what a fit without gives', async (test) => {
			if (!has(learner, 'forgets')) test.skip('it does not forget');
			await check_forgets(learner);
		});
	});
}

/** A run with nothing ambient but a seed. */
export function plainRun(seed: number | string = 1, change: Partial<Run> = {}): Run {
	return { cancelled: () => false, random: seededRandom(seed), onProgress: () => {}, ...change };
}

type Case<Train, Query, Output> = LearnerCase<Train, Query, Output>;

async function check_fit_is_repeatable<T, Q, O>({ estimator, train }: Case<T, Q, O>) {
	const first = await estimator.fit(train(), plainRun());
	const second = await estimator.fit(train(), plainRun());
	expect(bytesOf(second)).toEqual(bytesOf(first));
	first.dispose();
	second.dispose();
}

async function check_fit_leaves_data<T, Q, O>({ estimator, train }: Case<T, Q, O>) {
	const data = train();
	const before = structuredClone(data);
	const fitted = await estimator.fit(data, plainRun());
	expect(data).toEqual(before);
	fitted.dispose();
}

async function check_fit_keeps_no_data<T, Q, O>(learner: Case<T, Q, O>) {
	const data = learner.train();
	const fitted = await learner.estimator.fit(data, plainRun());
	const before = await predictRows(learner, fitted);
	const bytes = bytesOf(fitted);
	scribble(data);
	expect(await predictRows(learner, fitted)).toEqual(before);
	expect(bytesOf(fitted)).toEqual(bytes);
	fitted.dispose();
}

async function check_predict_is_pure<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const bytes = bytesOf(fitted);
	const query = learner.query();
	const before = structuredClone(query);
	const first = learner.rows(await fitted.predict(query)).map((row) => Array.from(row));
	const second = learner.rows(await fitted.predict(query)).map((row) => Array.from(row));
	expect(second).toEqual(first);
	expect(query).toEqual(before);
	expect(bytesOf(fitted)).toEqual(bytes);
	fitted.dispose();
}

async function check_batches<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const whole = await predictRows(learner, fitted);
	for (const row of [0, whole.length - 1]) {
		const alone = await predictRows(learner, fitted, [row]);
		expectClose(alone, [whole[row] as number[]], learner.tolerance);
	}
	expect(await predictRows(learner, fitted, [])).toEqual([]);
	fitted.dispose();
}

async function check_order<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const whole = await predictRows(learner, fitted);
	const backwards = whole.map((_, row) => whole.length - 1 - row);
	const turned = await predictRows(learner, fitted, backwards);
	expectClose(turned.reverse(), whole, learner.tolerance);
	fitted.dispose();
}

async function check_buffer_and_back<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const again = await learner.from(fitted.toBuffer());
	expect(bytesOf(again)).toEqual(bytesOf(fitted));
	expect(await predictRows(learner, again)).toEqual(await predictRows(learner, fitted));
	fitted.dispose();
	again.dispose();
}

async function check_cancel<T, Q, O>(learner: Case<T, Q, O>) {
	const atOnce = plainRun(1, { cancelled: () => true });
	await expect(learner.estimator.fit(learner.train(), atOnce)).rejects.toThrow(
		expect.objectContaining({ name: 'Cancelled' }),
	);
	let asked = 0;
	const later = plainRun(1, { cancelled: () => ++asked > 2 });
	const outcome = await learner.estimator.fit(learner.train(), later).catch((e: unknown) => e);
	// A fit so short that it asks at most twice may end before it hears of it.
	if (asked > 2) expect(outcome).toMatchObject({ name: 'Cancelled' });
	else (outcome as Fitted<Q, O>).dispose();
}

async function check_progress<T, Q, O>({ estimator, train }: Case<T, Q, O>) {
	const shares: number[] = [];
	const run = plainRun(1, { onProgress: ({ done, total }) => shares.push(done / total) });
	const fitted = await estimator.fit(train(), run);
	expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
	expect(shares).toEqual([...shares].sort((a, b) => a - b));
	fitted.dispose();
}

async function check_refuses_nan<T, Q, O>({ estimator, poisoned }: Case<T, Q, O>) {
	await expect(estimator.fit(poisoned(), plainRun())).rejects.toThrow(RangeError);
}

async function check_releases<T, Q, O>(learner: Case<T, Q, O>) {
	if (!learner.liveTensors) return expect(learner.liveTensors).toBeUndefined();
	const before = learner.liveTensors();
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const held = learner.liveTensors();
	await fitted.predict(learner.query());
	expect(learner.liveTensors()).toBe(held);
	const again = await learner.from(fitted.toBuffer());
	again.dispose();
	fitted.dispose();
	const cancelled = plainRun(1, { cancelled: () => true });
	await learner.estimator.fit(learner.train(), cancelled).catch(() => {});
	expect(learner.liveTensors()).toBe(before);
}

async function check_abilities<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	for (const [ability, method] of Object.entries(METHODS))
		expect(method in fitted, method).toBe(has(learner, ability as Ability));
	fitted.dispose();
}

async function check_explains<T, Q, O>(learner: Case<T, Q, O>) {
	const fitted = await learner.estimator.fit(learner.train(), plainRun());
	const query = learner.query();
	const scores = learner.rows(await fitted.predict(query)).map((row) => row[0] as number);
	const shares = await (fitted as unknown as Explains<Q>).explain(query);
	expect(shares.values.length).toBe(scores.length * shares.names.length);
	expectClose([sums(shares)], [scores], learner.tolerance);
	fitted.dispose();
}

async function check_updates<T, Q, O>(learner: Case<T, Q, O>) {
	const [kept, more] = partsOf(learner);
	const whole = await learner.estimator.fit(learner.train(), plainRun());
	const updated = await learner.estimator.fit(kept, plainRun());
	(updated as unknown as Updates<T>).update(more);
	const expected = await predictRows(learner, whole);
	expectClose(await predictRows(learner, updated), expected, learner.tolerance);
	whole.dispose();
	updated.dispose();
}

async function check_forgets<T, Q, O>(learner: Case<T, Q, O>) {
	const [kept, more] = partsOf(learner);
	const without = await learner.estimator.fit(kept, plainRun());
	const forgot = await learner.estimator.fit(learner.train(), plainRun());
	(forgot as unknown as Forgets<T>).forget(more);
	const expected = await predictRows(learner, without);
	expectClose(await predictRows(learner, forgot), expected, learner.tolerance);
	without.dispose();
	forgot.dispose();
}

function has<T, Q, O>({ abilities = [] }: Case<T, Q, O>, ability: Ability): boolean {
	return abilities.includes(ability);
}

function partsOf<T, Q, O>({ split, train }: Case<T, Q, O>): readonly [T, T] {
	if (!split) throw new Error('a learner that updates or forgets needs `split` in its case');
	return split(train());
}

function bytesOf<Q, O>(fitted: Fitted<Q, O>): Uint8Array {
	return new Uint8Array(fitted.toBuffer());
}

async function predictRows<T, Q, O>(
	{ query, pick, rows }: Case<T, Q, O>,
	fitted: Fitted<Q, O>,
	picked?: readonly number[],
): Promise<number[][]> {
	const asked = picked ? pick(query(), picked) : query();
	return rows(await fitted.predict(asked)).map((row) => Array.from(row));
}

function sums({ names, values }: Contributions): number[] {
	const rows = values.length / names.length;
	return Array.from({ length: rows }, (_, row) =>
		values
			.subarray(row * names.length, (row + 1) * names.length)
			.reduce((sum, value) => sum + value, 0),
	);
}

function expectClose(
	actual: readonly (readonly number[])[],
	expected: readonly (readonly number[])[],
	tolerance = 1e-6,
) {
	expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
	const differences = actual.flatMap((row, i) =>
		row.map((value, j) => Math.abs(value - (expected[i]?.[j] as number))),
	);
	// NaN must not pass for zero.
	expect(differences.filter((difference) => !(difference <= tolerance))).toEqual([]);
}

/** Overwrites every number in plain data, so that a kept reference shows. */
function scribble(value: unknown): void {
	if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer).fill(0x3f);
	else if (Array.isArray(value)) value.forEach(scribble);
	else if (typeof value === 'object' && value !== null) Object.values(value).forEach(scribble);
}
