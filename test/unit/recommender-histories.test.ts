import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { EvaluationError } from '../../tools/eval/evaluation';
import { readColumns } from '../../tools/eval/files';
import { PopularityByDay } from '../../tools/eval/popularity-by-day';
import { readHistories } from '../../tools/eval/reviews';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

const HEADER = 'listing_id,id,date,reviewer_id,comments';
const rowOf = (listing: string) => (/^L\d$/.test(listing) ? Number(listing[1]) : undefined);

describe('histories of reviewers', () => {
	it('hold out the listing that was first reviewed last; on one day, the later in the file', () => {
		const path = file(
			'reviews.csv',
			[
				HEADER,
				'L2,1,2023-05-01,anna,"two, and',
				'a new line"',
				'L1,2,2023-04-01,anna,x',
				'L1,3,2023-06-01,anna,again',
				'L3,4,2023-02-01,ben,x',
				'L4,5,2023-02-01,ben,x',
				'L5,6,2023-02-01,cleo,only one',
				'gone,7,2023-02-01,cleo,not listed any more',
			].join('\n'),
		);
		const { reviewers, known, ignored } = readHistories(path, rowOf);
		expect(reviewers.map(({ history, held }) => [history.map(({ row }) => row), held])).toEqual([
			[[3], 4],
			[[1], 2],
		]);
		expect(known.map(({ row }) => row).sort()).toEqual([1, 1, 3, 5]);
		expect(ignored).toBe(1);
	});

	it('are refused where nobody has two listings or a date is none', () => {
		const single = file('single.csv', `${HEADER}\nL1,1,2023-01-01,anna,x\n`);
		expect(() => readHistories(single, rowOf)).toThrow('nobody reviewed two listings');
		const undated = file('undated.csv', `${HEADER}\nL1,1,last week,anna,x\n`);
		expect(() => readHistories(undated, rowOf)).toThrow('row 1 has no date');
	});
});

describe('columns of a file', () => {
	it('are read from plain and from compressed files', () => {
		const text = 'a,b\n1,2\n3,4\n';
		const expected = { b: ['2', '4'] };
		expect(readColumns(file('plain.csv', text), ['b'])).toEqual(expected);
		expect(readColumns(file('packed.csv.gz', gzipSync(text)), ['b'])).toEqual(expected);
	});

	it.each([
		['empty', '', 'the file is empty'],
		['header', 'a,b\n', 'a header and no rows'],
		['unknown', 'x,y\n1,2\n', 'no column a, b'],
		['quote', 'a,b\n1,"2\n3,4', 'a quote is not closed'],
		['truncated', gzipSync('a,b\n1,2\n').subarray(0, 20), 'neither UTF-8 text nor a whole gzip'],
	])('of a file that is %s are refused, by name', (name, content, message) => {
		const path = file(name, content);
		expect(() => readColumns(path, ['a', 'b'])).toThrow(EvaluationError);
		expect(() => readColumns(path, ['a', 'b'])).toThrow(message);
	});
});

describe('popularity by day', () => {
	it('counts what is known by then, older reviews less', () => {
		const stays = [
			{ row: 0, day: 0 },
			{ row: 1, day: 60 },
			{ row: 0, day: 61 },
		];
		const popularity = new PopularityByDay(stays, 2);
		expect([...popularity.on(60)]).toEqual([0.5, 1]);
		expect([...popularity.on(120)]).toEqual([0.25 + 2 ** (-59 / 60), 0.5]);
		expect(() => popularity.on(100)).toThrow(RangeError);
	});
});

describe('npm run eval', () => {
	const evaluate = (...words: string[]) =>
		spawnSync(process.execPath, ['--import', 'tsx', 'tools/eval.ts', ...words], {
			encoding: 'utf8',
			env: { ...process.env, TSX_TSCONFIG_PATH: 'tools/tsconfig.json' },
		});

	it.each([
		['no task', [], 'say which task'],
		['an unknown option', ['histories', '--nonsense', '1'], 'nonsense'],
		['a missing option', ['histories', '--reviews', 'r.csv'], 'missing: --listings'],
		['a missing file', ['histories', '--listings', 'no.csv', '--reviews', 'r.csv'], 'no such file'],
	])('says what is wrong of %s, with exit code 2', (_, words, message) => {
		const { status, stderr, stdout } = evaluate(...words);
		expect(status).toBe(2);
		expect(stderr).toContain(message);
		expect(stdout).toBe('');
	});
});
