import { describe, expect, it } from 'vitest';
import { cleaningSteps } from '$workers/learners/cleaning';
import { takeExamples } from '$workers/learners/examples';
import { pipeline } from '$workers/learners/pipeline';
import { ridge } from '$workers/learners/ridge';
import type { Examples } from '$workers/learners/tabular';
import type { FittedTransform, Transform } from '$workers/learners/transform';
import { type Matrix, takeMatrixRows } from '$workers/table/matrix';
import { decodePlain, encodePlain } from '$workers/table/plain';
import { plainRun } from '../conformance/learner';
import { aloneOnly, cellsOf, everyStep, panel } from '../support/cleaning-tables';

const COUNT = 240;
const TRAIN = Uint32Array.from({ length: COUNT }, (_, row) => row).filter((row) => row % 4 !== 1);
const TEST = Uint32Array.from({ length: COUNT }, (_, row) => row).filter((row) => row % 4 === 1);

const bytesOf = ({ state }: FittedTransform) => new Uint8Array(encodePlain(state));
const fit = (step: Transform, train: Examples) => step.fit(train, plainRun('leaks'));

/** The test rows moved as far as numbers go, their levels to one that training does not know. */
function withExtremeTests(whole: Examples): Examples {
	const { rows } = whole;
	const columns = rows.columns.map((column) => {
		const values = column.values.slice();
		const levels = column.kind === 'category' ? [...column.levels, 'nowhere'] : [];
		for (const row of TEST) values[row] = column.kind === 'category' ? levels.length - 1 : 1e12;
		return { ...column, values, levels };
	});
	const targets = whole.targets.slice();
	for (const row of TEST) targets[row] = -1e12;
	return { rows: { ...rows, columns }, targets };
}

describe.each(Object.entries(everyStep()))('%s', (_, step) => {
	it('learns from a part what it learns where there is no other', async () => {
		const part = takeExamples(panel(COUNT), TRAIN);
		const ofPart = await fit(step, part);
		const ofAlone = await fit(step, { ...part, rows: aloneOnly(part.rows) });
		expect(bytesOf(ofPart.fitted)).toEqual(bytesOf(ofAlone.fitted));
		expect(cellsOf(ofPart.train)).toEqual(cellsOf(ofAlone.train));
	});

	it('is the same however extreme the test rows are', async () => {
		const usual = await fit(step, takeExamples(panel(COUNT), TRAIN));
		const extreme = await fit(step, takeExamples(withExtremeTests(panel(COUNT)), TRAIN));
		expect(bytesOf(extreme.fitted)).toEqual(bytesOf(usual.fitted));
		expect(cellsOf(extreme.train)).toEqual(cellsOf(usual.train));
	});

	it('makes of a row alone what it makes of it among others, and changes none', async () => {
		const { fitted } = await fit(step, takeExamples(panel(COUNT), TRAIN));
		const query = takeMatrixRows(panel(COUNT).rows, TEST);
		const before = structuredClone(query);
		const state = bytesOf(fitted);
		const whole = fitted.apply(query);
		const last = TEST.length - 1;
		expect(cellsOf(fitted.apply(takeMatrixRows(query, [last])))).toEqual(
			cellsOf(takeMatrixRows(whole, [last])),
		);
		expect(fitted.apply(takeMatrixRows(query, [])).count).toBe(0);
		expect(whole.count).toBe(TEST.length);
		expect(query).toEqual(before);
		expect(bytesOf(fitted)).toEqual(state);
	});

	it('reads levels by name, whatever their numbers', async () => {
		const { fitted } = await fit(step, takeExamples(panel(COUNT), TRAIN));
		const query = takeMatrixRows(panel(COUNT).rows, TEST);
		expect(cellsOf(fitted.apply(aloneOnly(query)))).toEqual(cellsOf(fitted.apply(query)));
	});

	it('comes back from its state, and refuses another', async () => {
		const { fitted } = await fit(step, takeExamples(panel(COUNT), TRAIN));
		const from = cleaningSteps[fitted.name] as (state: unknown) => FittedTransform;
		const again = from(decodePlain(encodePlain(fitted.state)));
		const query = takeMatrixRows(panel(COUNT).rows, TEST);
		expect(again.apply(query)).toEqual(fitted.apply(query));
		for (const other of [null, 1, {}, { columns: [{ name: 3 }] }, { columns: 'views' }])
			expect(() => from(other)).toThrow(RangeError);
	});

	it('asks for a column that is not there', async () => {
		const { fitted } = await fit(step, takeExamples(panel(COUNT), TRAIN));
		const nothing: Matrix = { count: 2, columns: [] };
		if (fitted.name === 'drop-columns') expect(fitted.apply(nothing)).toEqual(nothing);
		else expect(() => fitted.apply(nothing)).toThrow(/is missing: hand in/);
	});

	it('refuses rows without a target', async () => {
		await expect(fit(step, { rows: panel(8).rows, targets: new Float64Array(3) })).rejects.toThrow(
			RangeError,
		);
	});
});

describe('a pipeline of steps', () => {
	const steps = everyStep();
	const whole = () =>
		pipeline(
			[
				'lags',
				'rolling means',
				'holiday flags',
				'capping by isolation',
				'nearest imputation',
				'target encoding',
				'logarithms',
				'standard scaling',
				'median imputation',
				'leaving out what is named',
			].map((name) => steps[name] as Transform),
			ridge(),
		);

	it('is the same to the byte however extreme the test rows are', async () => {
		const usual = await whole().fit(takeExamples(panel(COUNT), TRAIN), plainRun());
		const far = withExtremeTests(panel(COUNT));
		const extreme = await whole().fit(takeExamples(far, TRAIN), plainRun());
		expect(new Uint8Array(extreme.toBuffer())).toEqual(new Uint8Array(usual.toBuffer()));
		const { values } = await usual.predict(takeMatrixRows(far.rows, TEST));
		expect(values.every(Number.isFinite)).toBe(true);
	});
});
