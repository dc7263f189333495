import { describe, expect, it } from 'vitest';
import {
	cleaningSteps,
	imputeMean,
	imputeNearest,
	lags,
	oneHot,
	scaleStandard,
	targetEncoding,
} from '$workers/learners/cleaning';
import { pipeline, pipelineFrom } from '$workers/learners/pipeline';
import { ridge, ridgeFrom } from '$workers/learners/ridge';
import type { FittedTabular } from '$workers/learners/tabular';
import type { Transform } from '$workers/learners/transform';
import type { Matrix } from '$workers/table/matrix';
import { decodePlain, encodePlain } from '$workers/table/plain';
import { plainRun } from '../conformance/learner';
import { panel } from '../support/cleaning-tables';
import { smallRegression, smallTable } from '../support/small-table';

const steps = () => [imputeMean(), oneHot(), scaleStandard()];

describe('a pipeline', () => {
	it('equals its steps and its learner one after the other', async () => {
		const train = smallRegression(60);
		let { rows } = train;
		let query: Matrix = smallTable(9, 'query');
		for (const step of steps()) {
			const done = await step.fit({ ...train, rows }, plainRun());
			rows = done.train;
			query = done.fitted.apply(query);
		}
		const byHand = await ridge().fit({ ...train, rows }, plainRun());
		const whole = await pipeline(steps(), ridge()).fit(train, plainRun());
		expect(await whole.predict(smallTable(9, 'query'))).toEqual(await byHand.predict(query));
	});

	it('explains by the columns that its learner sees', async () => {
		const fitted: FittedTabular = await pipeline(steps(), ridge()).fit(
			smallRegression(60),
			plainRun(),
		);
		const shares = await fitted.explain?.(smallTable(9, 'query'));
		expect(shares?.names).toEqual([
			...['size', 'age', 'quarter: harbour', 'quarter: hill', 'quarter: park', 'base'],
		]);
	});

	it('explains nothing where its learner does not', async () => {
		const silent = {
			...ridge(),
			fit: async () => {
				const { predict, toBuffer, dispose } = await ridge().fit(smallRegression(60), plainRun());
				return { predict, toBuffer, dispose };
			},
		};
		const fitted = await pipeline([], silent).fit(smallRegression(60), plainRun());
		expect('explain' in fitted).toBe(false);
	});

	it('tells the settings of its steps and of its learner', () => {
		const { name, params } = pipeline([imputeMean(), oneHot({ maxLevels: 4 })], ridge());
		expect(name).toBe('pipeline to ridge');
		expect(params).toMatchObject({
			lambda: 'chosen',
			'1 impute.by': 'mean',
			'2 one-hot.maxLevels': 4,
		});
	});

	it('hands training rows on as steps hand them back, out of fold', async () => {
		const seen: Matrix[] = [];
		const spy = {
			...ridge(),
			fit: (train: Parameters<ReturnType<typeof ridge>['fit']>[0]) => {
				seen.push(train.rows);
				return ridge().fit(train, plainRun());
			},
		};
		const train = panel(200);
		const kinds = (rows: Matrix | undefined) =>
			rows?.columns.find(({ name }) => name === 'kind')?.values;
		await pipeline([targetEncoding({ columns: ['kind'] })], spy).fit(train, plainRun());
		const { fitted } = await targetEncoding({ columns: ['kind'] }).fit(train, plainRun());
		expect(kinds(seen[0])).not.toEqual(kinds(fitted.apply(train.rows)));
		expect(seen[0]?.columns.map(({ name }) => name)).toEqual(
			train.rows.columns.map(({ name }) => name),
		);
	});

	it('stops within a step when cancelled', async () => {
		let asked = 0;
		const run = plainRun(1, { cancelled: () => ++asked > 3 });
		const slow = pipeline([imputeNearest()], ridge());
		await expect(slow.fit(panel(4000), run)).rejects.toThrow(
			expect.objectContaining({ name: 'Cancelled' }),
		);
		expect(asked).toBe(4);
	});

	it('does not come back from other bytes, or without what its steps need', async () => {
		const fitted = await pipeline(steps(), ridge()).fit(smallRegression(60), plainRun());
		const buffer = fitted.toBuffer();
		await expect(pipelineFrom(buffer, {}, ridgeFrom)).rejects.toThrow(/brings back a step impute/);
		const others = [null, 3, {}, { pipeline: 2 }, { pipeline: 1, steps: [null] }];
		for (const other of others)
			await expect(pipelineFrom(encodePlain(other), cleaningSteps, ridgeFrom)).rejects.toThrow(
				RangeError,
			);
		await expect(
			pipelineFrom(buffer.slice(0, buffer.byteLength - 64), cleaningSteps, ridgeFrom),
		).rejects.toThrow(RangeError);
	});

	it.each<[string, Transform, string]>([
		['of donors', imputeNearest(), 'values'],
		['of means', targetEncoding(), 'means'],
		['of days', lags({ series: 'views', entity: 'home', day: 'day', days: [1] }), 'days'],
	])('refuses numbers %s that were cut short', async (_, step, field) => {
		const { fitted } = await step.fit(panel(40), plainRun());
		const shorten = (key: string, value: unknown): unknown => {
			if (key === field && value instanceof Float64Array) return value.slice(1);
			return value;
		};
		const damaged = mapPlain(decodePlain(encodePlain(fitted.state)), shorten);
		expect(() => cleaningSteps[fitted.name]?.(damaged)).toThrow(/damaged/);
	});
});

/** Plain data with each field changed. */
function mapPlain(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
	if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return value;
	const parts = Object.entries(value).map(([key, part]) => [
		key,
		mapPlain(change(key, part), change),
	]);
	return Array.isArray(value)
		? parts.map(([, part]) => part)
		: (Object.fromEntries(parts) as Record<string, unknown>);
}
