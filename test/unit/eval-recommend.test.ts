import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { NO_ITEM } from '$workers/learners/interactions';
import { seededRandom } from '$workers/math/random';
import { RankingEvaluation } from '$workers/metrics';
import { sparseRows } from '$workers/table/sparse';
import { climb } from '../../tools/eval/climb';
import { EvaluationError } from '../../tools/eval/evaluation';
import { readItemRows } from '../../tools/eval/item-rows';
import { listFigures } from '../../tools/eval/list-figures';
import { recommend } from '../../tools/eval/recommend';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-recommend-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, lines: readonly string[]): string {
	const file = join(folder, name);
	const text = `${lines.join('\n')}\n`;
	writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
	return file;
}

/** People of two tastes, each with twelve of its thirty items and two of the others'. */
function shop(): { train: string; valid: string; test: string } {
	const random = seededRandom('shop');
	const lines: Record<'train' | 'valid' | 'test', string[]> = { train: [], valid: [], test: [] };
	for (let person = 0; person < 120; person++) {
		const own = new Set<number>();
		while (own.size < 12) own.add(30 * (person % 2) + random.integer(30));
		while (own.size < 14) own.add(30 * (1 - (person % 2)) + random.integer(30));
		const items = [...own];
		lines.train.push([person, ...items.slice(4)].join(' '));
		lines.valid.push([person, items[0]].join(' '));
		lines.test.push([person, ...items.slice(1, 4)].join(' '));
	}
	return {
		train: written('train.txt.gz', lines.train),
		valid: written('valid.txt', lines.valid),
		test: written('test.txt', lines.test),
	};
}

describe('eval recommend', () => {
	it('finds two tastes, better than popularity, and the same figures twice', async () => {
		const paths = shop();
		const { figures } = await recommend.run(paths);
		const again = await recommend.run(paths);
		const popularity = figures['popularity'] as Record<string, number>;
		expect(figures).toMatchObject({ rows: 120, seed: 1 });
		expect(figures['ndcg10']).toBeGreaterThan(1.4 * (popularity['ndcg10'] as number));
		expect(figures['recall10']).toBeGreaterThan(popularity['recall10'] as number);
		expect(figures['coverage']).toBeGreaterThan(popularity['coverage'] as number);
		expect({ ...again.figures, seconds: 0 }).toEqual({ ...figures, seconds: 0 });
	}, 60_000);

	it.each([
		['an empty file', [''], 'no row has a user and an item'],
		['words', ['0 1 two'], 'line 1 has "two" where a whole number belongs'],
		['commas', ['0 1 2', '1,2,3'], 'line 2 has "1,2,3"'],
		['users alone', ['0', '1'], 'no row has a user and an item'],
	])('refuses %s', async (name, lines, words) => {
		const { train, valid } = shop();
		const test = written(`${name}.txt`, lines);
		await expect(recommend.run({ train, valid, test })).rejects.toThrow(
			expect.objectContaining({ name: 'EvaluationError', message: expect.stringContaining(words) }),
		);
	});

	it('refuses an item that one person has in two files, and a file that is not there', async () => {
		const paths = shop();
		await expect(recommend.run({ ...paths, test: paths.valid })).rejects.toThrow(
			/user 0 has item \d+ in valid and in test/,
		);
		const nowhere = join(folder, 'nowhere.txt');
		await expect(recommend.run({ ...paths, valid: nowhere })).rejects.toThrow(EvaluationError);
	});
});

describe('rows of users and items', () => {
	it('are the same people and items in all three files, whatever their numbers and order', () => {
		const { train, valid, test, rows } = readItemRows({
			train: written('a.txt', ['7 50 30', '3 10', '7 30']),
			valid: written('b.txt', ['3 30']),
			test: written('c.txt', ['9 99', '7 10']),
		});
		expect(rows).toBe(2);
		expect([train, valid, test].map(({ count, width }) => [count, width])).toEqual([
			[3, 4],
			[3, 4],
			[3, 4],
		]);
		expect([...train.starts]).toEqual([0, 1, 3, 3]);
		expect([...train.columns]).toEqual([0, 2, 1]);
		expect([...test.columns]).toEqual([0, 3]);
	});
});

describe('figures of lists', () => {
	it('are those of the ranking metrics, which measure whole rows of scores', () => {
		const random = seededRandom('lists');
		const items = 50;
		const people = 30;
		const held = sparseRows(
			Array.from({ length: people }, () =>
				Array.from({ length: items }, (_, item) => item)
					.filter(() => random.next() < 0.3)
					.map((item) => [item, 1] as const),
			),
			items,
		);
		const evaluations = { ten: new RankingEvaluation(10), twenty: new RankingEvaluation(20) };
		const ids = new Uint32Array(people * 20);
		for (let row = 0; row < people; row++) {
			const scores = Float64Array.from({ length: items }, () => random.next());
			const best = Array.from(scores, (_, item) => item);
			best.sort((a, b) => (scores[b] as number) - (scores[a] as number));
			ids.set(best.slice(0, 20), row * 20);
			const test = held.columns.subarray(held.starts[row], held.starts[row + 1]);
			for (const evaluation of Object.values(evaluations))
				evaluation.add({ scores, train: [], test });
		}
		const figures = listFigures({ count: 20, ids, scores: new Float32Array(ids.length) }, held);
		const ten = evaluations.ten.metrics();
		expect(figures.ndcg10).toBeCloseTo(ten.ndcg.mean, 12);
		expect(figures.recall10).toBeCloseTo(ten.recall.mean, 12);
		expect(figures.coverage).toBeCloseTo(ten.coverage, 12);
		expect(figures.ndcg20).toBeCloseTo(evaluations.twenty.metrics().ndcg.mean, 12);
	});

	it('count nobody without anything held out, and no item where a list has ended', () => {
		const ids = new Uint32Array(40).fill(NO_ITEM);
		ids[0] = 1;
		const held = sparseRows([[[1, 1]], []], 4);
		const figures = listFigures({ count: 20, ids, scores: new Float32Array(40) }, held);
		expect(figures).toEqual({ recall10: 1, ndcg10: 1, ndcg20: 1, coverage: 0.25, people: 1 });
	});
});

describe('climbing', () => {
	it('finds the top of a hill and tries nothing twice', async () => {
		const tried: string[] = [];
		const ladder = [0, 1, 2, 3, 4, 5, 6];
		const { settings, score } = await climb(
			{ x: 0, y: 6 },
			{ x: ladder, y: ladder },
			async (at) => {
				tried.push(JSON.stringify(at));
				return -((at.x - 3) ** 2) - (at.y - 2) ** 2 - Math.abs(at.x - at.y) / 2;
			},
		);
		expect(settings).toEqual({ x: 3, y: 2 });
		expect(score).toBe(-0.5);
		expect(new Set(tried).size).toBe(tried.length);
	});
});

const movielens = new URL('../../../shared/data/movielens-1m-lightgcn-split/', import.meta.url);

describe.skipIf(!existsSync(movielens))('MovieLens-1M (skipped without the shared data)', () => {
	it('has the people, items and acts that its split is published with', () => {
		const path = (name: string) => new URL(`${name}.txt.gz`, movielens).pathname;
		const { train, valid, test } = readItemRows({
			train: path('train'),
			valid: path('valid'),
			test: path('test'),
		});
		expect(train.columns.length).toBe(590_733);
		expect(valid.columns.length).toBe(80_897);
		expect(test.count).toBe(6039);
	});
});
