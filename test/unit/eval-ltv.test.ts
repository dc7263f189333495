import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { EvaluationError } from '../../tools/eval/evaluation';
import { ltv } from '../../tools/eval/ltv';
import { readTransactions } from '../../tools/eval/transactions';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

const cdnow = fileURLToPath(
	new URL('../../../shared/data/cdnow/CDNOW_sample.txt.gz', import.meta.url),
);
const CDNOW = {
	transactions: cdnow,
	format: 'cdnow',
	'calibration-end': '1997-09-30',
	'horizon-end': '1998-06-30',
};

describe.skipIf(!existsSync(cdnow))('CDNOW (skipped without the shared data)', () => {
	it('gives the likelihood that Fader, Hardie and Lee published', async () => {
		const { figures } = await ltv.run({ ...CDNOW, model: 'bgnbd' });
		expect(figures).toMatchObject({ rows: 2357, seed: 1 });
		expect(figures['logLikelihood']).toBeCloseTo(-9582.43, 1);
		expect(figures['mae']).toBeLessThanOrEqual(0.786);
		expect(figures['correlation']).toBeCloseTo(0.6256, 3);
	});

	it('comes nearer in tens of customers with models averaged', async () => {
		const { figures } = await ltv.run({ ...CDNOW, model: 'auto' });
		expect(figures['decileWape']).toBeLessThan(0.19);
		expect(Math.abs(figures['totalError'] as number)).toBeLessThan(0.12);
	});
});

/** Made up: 200 customers, some of whom come back. */
function shop(): string {
	const random = seededRandom(1);
	const rows = Array.from({ length: 200 }, (_, customer) => {
		const rate = 0.2 + 2 * random.next();
		const days = [random.integer(60)];
		while (random.next() < 0.75)
			days.push(
				(days.at(-1) as number) + 1 + Math.floor((-30 * Math.log(1 - random.next())) / rate),
			);
		return days
			.filter((day) => day < 360)
			.map((day) => `C${customer},${dateOf(day)} 10:20:00,${(5 + 50 * random.next()).toFixed(2)}`);
	}).flat();
	return ['who,when,paid', ...rows, ',2023-02-01,9.00'].join('\n');
}

const dateOf = (day: number) => new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10);

const columns = { customer: 'who', date: 'when', amount: 'paid' };
const days = { 'calibration-end': '2023-06-30', 'horizon-end': '2023-12-31' };

describe('eval ltv on a file that nobody has seen', () => {
	const transactions = file('shop.csv', shop());

	it('gives every figure, and the same with the same seed', async () => {
		const { figures } = await ltv.run({ transactions, ...columns, ...days });
		for (const name of [
			'logLikelihood',
			'mae',
			'rmse',
			'correlation',
			'totalError',
			'spendTotalError',
			'decileWape',
			'decileMape',
			'spearman',
			'gini',
			'seconds',
		])
			expect(Number.isFinite(figures[name]), name).toBe(true);
		const again = await ltv.run({ transactions, ...columns, ...days });
		expect({ ...again.figures, seconds: 0 }).toEqual({ ...figures, seconds: 0 });
	});

	it('leaves out the figures of spend where no amounts are named', async () => {
		const { figures } = await ltv.run({ transactions, customer: 'who', date: 'when', ...days });
		expect(figures).not.toHaveProperty('decileWape');
		expect(figures['mae']).toBeGreaterThan(0);
	});

	it('does not look past the end of calibration', async () => {
		const more = file('more.csv', `${shop()}\nC3,2023-11-11,90000`);
		const [before, after] = await Promise.all([
			ltv.run({ transactions, ...columns, ...days }),
			ltv.run({ transactions: more, ...columns, ...days }),
		]);
		expect(after.figures['logLikelihood']).toBe(before.figures['logLikelihood']);
		expect(after.figures['spendTotalError']).not.toBe(before.figures['spendTotalError']);
	});

	it('makes one of the transactions of a customer on a day, and leaves out rows without one', () => {
		const path = file(
			'days.csv',
			'who,when,paid\nb,2023-01-02T08:00:00Z,1\nb,2023-01-02T09:00:00Z,2\n,2023-01-02,8\na,2023-01-03,4',
		);
		const { log, left } = readTransactions({ transactions: path, ...columns });
		expect(Array.from(log.amount)).toEqual([4, 3]);
		expect(left).toBe(1);
	});

	it.each([
		['a missing column', { customer: 'nobody' }],
		['no column of customers', { customer: '' }],
		['a file that is not there', { transactions: join(folder, 'none.csv') }],
		['an empty file', { transactions: file('empty.csv', '') }],
		['a day that is none', { 'calibration-end': '2023-02-30' }],
		['a horizon before its start', { 'horizon-end': '2023-01-01' }],
		['a calibration before the first transaction', { 'calibration-end': '2022-01-01' }],
		['an unknown model', { model: 'oracle' }],
		['an unknown format', { format: 'xls' }],
		['amounts that are none', { amount: 'who' }],
		['amounts of nothing', { transactions: file('free.csv', shop().replace(/,[\d.]+$/gm, ',0')) }],
	])('refuses %s', async (_, change) => {
		const options = { transactions, ...columns, ...days, ...change };
		await expect(ltv.run(options)).rejects.toThrow(EvaluationError);
	});
});
