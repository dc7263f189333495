import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { classify } from '../../tools/eval/classify';
import { regress } from '../../tools/eval/regress';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-classify-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, lines: readonly string[]): string {
	const file = join(folder, name);
	const text = lines.join('\n');
	writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
	return file;
}

/** A yes for large sizes, told with some noise; `after` is written down once the answer is known. */
function rows(count: number, seed = 1): string[] {
	const random = seededRandom(seed);
	const lines = Array.from({ length: count }, (_, i) => {
		const size = random.next();
		const yes = random.next() < 0.1 + 0.8 * Number(size > 0.6);
		const amount = 100 + 50 * size + random.normal();
		return [
			i,
			size.toFixed(4),
			random.integer(3),
			yes ? 'Yes' : 'No',
			yes ? 'done' : 'open',
			amount,
		];
	});
	return ['id,size,kind,answer,after,amount', ...lines.map((line) => line.join(','))];
}

const file = written('rows.csv.gz', rows(600));
const asked = {
	csv: file,
	label: 'answer',
	positive: 'Yes',
	drop: 'id,amount,after',
	folds: '3',
};

describe('the evaluation of a classifier', () => {
	it.each(['gbdt', 'logistic', 'tree', 'forest', 'svm'])(
		'learns what can be known with the learner %s',
		async (learner) => {
			const { figures } = await classify.run({ ...asked, learner });
			// The two rates are .9 and .1: no learner can rank better than about .9.
			expect(figures.auc).toBeGreaterThan(0.8);
			expect(figures.auc).toBeLessThan(0.95);
			expect(figures.rows).toBe(600);
		},
	);

	it('names a column that was written down afterwards', async () => {
		const { figures } = await classify.run({ ...asked, drop: 'id,amount', learner: 'tree' });
		expect(figures.suspects).toMatchObject([{ column: 'after', verdict: 'refused' }]);
	});

	it('gives the same figures for the same seed', async () => {
		const once = await classify.run({ ...asked, learner: 'gbdt' });
		const again = await classify.run({ ...asked, learner: 'gbdt' });
		expect(again.figures.auc).toBe(once.figures.auc);
	});

	it.each([
		['a column that is not there', { label: 'nothing' }, /nothing/],
		['a learner that nobody knows', { learner: 'oracle' }, /--learner is one of/],
		['a label of one class', { csv: written('one.csv', ['a,answer', '1,Yes', '2,Yes']) }, /class/],
		['an empty file', { csv: written('empty.csv', ['']) }, /empty/],
		['a header alone', { csv: written('header.csv', ['a,answer']) }, /rows/],
	])('refuses %s with a message', async (_, change, message) => {
		const run = classify.run({ csv: file, label: 'answer', positive: 'Yes', ...change });
		await expect(run).rejects.toThrow(message);
	});
});

describe('the evaluation of a learner of numbers', () => {
	it('finds the line behind the numbers', async () => {
		const { figures } = await regress.run({
			csv: file,
			label: 'amount',
			drop: 'id,answer,after',
			folds: '3',
			learner: 'logistic',
		});
		// Noise of 1 on a line of 50 from end to end: 1 - 1 / (50² / 12 + 1).
		expect(figures.r2).toBeGreaterThan(0.99);
	});

	it('does not let the machine for classes tell numbers', async () => {
		const run = regress.run({ csv: file, label: 'amount', folds: '3', learner: 'svm' });
		await expect(run).rejects.toThrow(/classes/);
	});
});
