/** CSV that is written: read back as it was, and nothing in it runs. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Release } from '$lib/contracts';
import { defused, toCsv } from '$workers/data/exporters/csv';
import { figuresAsCsv, figuresAsJson } from '$workers/data/exporters/figures';

const parse = (text: string): string[][] =>
	Papa.parse<string[]>(text, { delimiter: ',', newline: '\r\n', skipEmptyLines: false }).data.slice(
		0,
		-1,
	);
const RUNS = { numRuns: 5_000 } as const;

/** Texts of the kind that goes wrong: signs, blanks, quotes and line ends, in any order. */
const nasty = fc
	.array(
		fc.constantFrom(
			...['=', '+', '-', '@', '\t', '\r', '\n', ' ', '\u00a0', '\u200b', '\ufeff', '"', ',', ';'],
			...['＝', '＋', '－', '＠', "'", '1', '5.2', 'e', 'SUM(A1)', 'é', '房', '🏠'],
		),
		{ maxLength: 8 },
	)
	.map((parts) => parts.join(''));
const anyText = fc.oneof(nasty, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

describe('formulas are defused', () => {
	test.each([
		['=1+1', "'=1+1"],
		['+49 30 1234', "'+49 30 1234"],
		['-cmd', "'-cmd"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\tcell', "'\tcell"],
		['\r=1', "'\r'=1"],
		[' =1+1', "' =1+1"],
		['\u00a0=1+1', "'\u00a0=1+1"],
		['\u200b\ufeff=1+1', "'\u200b\ufeff=1+1"],
		['＝1+1', "'＝1+1"],
		['＋1a', "'＋1a"],
		['－1a', "'－1a"],
		['＠A1', "'＠A1"],
		['nice\n=1+1', "nice\n'=1+1"],
		['nice\r\n  @A1', "nice\r\n'  @A1"],
		['nice;=1+1', "nice;'=1+1"],
		['nice\t=1+1', "nice\t'=1+1"],
		['-5.2 or so', "'-5.2 or so"],
		['-', "'-"],
	])('%j is written as %j', (text, written) => {
		expect(defused(text)).toBe(written);
	});

	test.each([
		'-5.2',
		'+3',
		'1e-3',
		'-1E+9',
		'.5',
		'-.5',
		' -7 ',
		'12',
		'a-b',
		'a=b',
		'5 - 3',
		"'=",
	])('%j stays as it is', (text) => {
		expect(defused(text)).toBe(text);
	});

	test('after it, no cell and no line of a cell begins with a formula', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const written = defused(text);
				if (written !== text || !/^\s*[+-]?[\d.]/.test(text))
					for (const line of written.split(/[\r\n\t;]/))
						expect(line.replace(/^[\s\p{C}]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
			}),
			RUNS,
		);
	});

	test('nothing but apostrophes is added, and none is added twice', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const written = defused(text);
				expect(written.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
				expect(defused(written)).toBe(written);
			}),
			RUNS,
		);
	});
});

describe('what is written reads back', () => {
	test('every text comes back as it was defused', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(anyText, anyText), { maxLength: 5 }), (rows) => {
				const expected = rows.map((row) => row.map(defused));
				expect(parse(toCsv(['a', 'b'], rows))).toEqual([['a', 'b'], ...expected]);
			}),
			RUNS,
		);
	});

	test('every number comes back as the same number, negative ones too', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
				const rows = parse(
					toCsv(
						['n', 'm'],
						values.map((value) => [value, 1]),
					),
				).slice(1);
				expect(rows.map(([text]) => Number(text))).toEqual(values.map((value) => value + 0));
			}),
			RUNS,
		);
	});

	test('what is no number leaves the cell empty', () => {
		expect(toCsv(['a', 'b', 'c'], [[Number.NaN, Number.POSITIVE_INFINITY, null]])).toBe(
			'a,b,c\r\n,,\r\n',
		);
	});

	test('names of columns are defused as well', () => {
		expect(toCsv(['=evil', 'b'], [])).toBe("'=evil,b\r\n");
	});
});

describe('a release as a file', () => {
	const release: Release = {
		id: '2025-1',
		grouping: 'month-and-kind',
		figure: 'nights',
		year: 2025,
		epsilon: 0.5,
		edition: 1,
		cells: [{ name: ['2025-03', '=HYPERLINK("a")'], value: 412, within: 60 }],
		withheld: 3,
		delta: 1.25e-7,
		unit: 'guest',
		minimumPeople: 20,
		minimumProperties: 3,
		mostNights: 7,
		sample: false,
		releasedAt: Date.UTC(2026, 4, 14),
	};

	test('as CSV each row carries its rules, and no kind of home runs', async () => {
		expect(parse(await figuresAsCsv(release).text())).toEqual([
			[
				'month',
				'kind',
				'nights',
				'noise_within_90_of_100',
				'people_at_least',
				'homes_at_least',
				'noise_epsilon',
				'noise_delta',
			],
			['2025-03', `'=HYPERLINK("a")`, '412', '60', '20', '3', '0.5', '1.25e-7'],
		]);
	});

	test('as JSON it is whole', async () => {
		expect(JSON.parse(await figuresAsJson(release).text())).toEqual({
			format: 'doorstep-figures',
			version: 1,
			...release,
			releasedAt: '2026-05-14T00:00:00.000Z',
		});
	});
});
