import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EvaluationError } from '../../tools/eval/evaluation';
import { insight } from '../../tools/eval/insight';
import { bookings } from '../support/books';
import { csv, listings } from '../support/csv';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

/** Kept stays on successive days, none of them of a known guest. */
const stays = bookings(40, (i) => {
	const day = (from: number) => new Date(Date.UTC(2023, 0, from + i)).toISOString().slice(0, 10);
	const total = `${300 + 7 * (i % 5)}.00`;
	return { booked_on: day(1), arrives_on: day(10), departs_on: day(13), total, currency: 'EUR' };
});
const own = file('bookings.csv', csv(stays));

describe('the figures of insights', () => {
	it('say of each model what a short file lacks', async () => {
		const { figures } = await insight.run({ csv: own });
		expect(figures).toMatchObject({ rows: 40, seed: 1 });
		expect(Object.keys(figures).slice(0, 6)).toEqual([
			'revenue',
			'demand',
			'conversion',
			'cancellation',
			'price',
			'lifetime-value',
		]);
		expect(figures['revenue']).toMatchObject({ missing: { reason: 'TooShort' } });
		expect(figures['conversion']).toEqual({ missing: { reason: 'NoEngagement' } });
		expect(figures['lifetime-value']).toMatchObject({ missing: { reason: 'NoGuests', have: 0 } });
	});

	it('are of the models asked for, with the seed asked for', async () => {
		const { figures } = await insight.run({ csv: own, model: 'demand,revenue', seed: '7' });
		expect(Object.keys(figures)).toEqual(['revenue', 'demand', 'seconds', 'rows', 'seed']);
		expect(figures['seed']).toBe(7);
	});

	it.each([
		['neither a file nor the sample', {}],
		['both a file and the sample', { csv: own, sample: 'true' }],
		['a file that is not there', { csv: join(folder, 'none.csv') }],
		['an unknown model', { csv: own, model: 'revenue,oracle' }],
		['no model', { csv: own, model: '' }],
		['a seed that is none', { csv: own, seed: 'one' }],
		['an empty file', { csv: file('empty.csv', '') }],
		['a header alone', { csv: file('header.csv', 'booking_id,property\n') }],
		['columns that are unknown', { csv: file('other.csv', 'one,two\n1,2\n') }],
		['rows that are no bookings', { csv: file('listings.csv', csv(listings(3))) }],
	])('are refused of %s', async (_, options) => {
		await expect(insight.run(options)).rejects.toThrow(EvaluationError);
	});
});
