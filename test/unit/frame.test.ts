import { describe, expect, test } from 'vitest';
import { daysOfCells, guessDateParts, isMissing, parseNumber } from '$workers/table/cells-of-frame';
import { civilDay } from '$workers/table/civil';
import { frameOf, matrixOfFrame } from '$workers/table/frame';

const kindsOf = (columns: Record<string, string[]>, categorical: string[] = []) =>
	Object.fromEntries(frameOf(columns, { categorical }).map(({ name, kind }) => [name, kind]));

describe('a frame', () => {
	test('tells kinds of columns by their cells', () => {
		const rows = Array.from({ length: 40 }, (_, row) => row);
		expect(
			kindsOf({
				price: rows.map((row) => `$1,${100 + row}.50`),
				share: rows.map((row) => `${row}%`),
				yes: rows.map((row) => (row % 3 ? 'Yes' : 'No')),
				flag: rows.map((row) => (row % 2 ? 't' : 'f')),
				town: rows.map((row) => ['Ulm', 'Ely', 'Nîmes'][row % 3] as string),
				arrival: rows.map((row) => `2024-03-${String((row % 28) + 1).padStart(2, '0')}`),
				id: rows.map((row) => `a-${row}`),
				zip: rows.map((row) => `0${2100 + (row % 5)}`),
				note: rows.map((row) => `A long remark about the stay, number ${row}, and nothing else.`),
				same: rows.map(() => 'x'),
				empty: rows.map(() => 'NA'),
			}),
		).toEqual({
			price: 'number',
			share: 'number',
			yes: 'yes-no',
			flag: 'yes-no',
			town: 'category',
			arrival: 'date',
			id: 'key',
			zip: 'category',
			note: 'text',
			same: 'constant',
			empty: 'constant',
		});
	});

	test('takes a number for a category where it is told to', () => {
		expect(kindsOf({ agent: ['9', '240', '9'] }, ['agent'])).toEqual({ agent: 'category' });
	});

	test('reads values, and NaN for what stands for nothing', () => {
		const columns = { paid: ['1.5', ' ', 'NULL', '-2e3'], ok: ['yes', 'no', '', 'YES'] };
		const { columns: read } = matrixOfFrame(frameOf(columns));
		expect(Array.from(read[0]?.values ?? [])).toEqual([1.5, NaN, NaN, -2000]);
	});

	test('orders months as the calendar does, other names as the alphabet', () => {
		const frame = frameOf({ month: ['Nov', 'Feb', 'June', 'Feb'], room: ['C', 'A', 'B', 'A'] });
		expect(frame.map(({ column }) => column?.levels)).toEqual([
			['Feb', 'June', 'Nov'],
			['A', 'B', 'C'],
		]);
	});

	test('takes a few odd cells among many numbers for missing', () => {
		const cells = Array.from({ length: 200 }, (_, row) => (row === 7 ? 'abc' : String(row)));
		const [column] = frameOf({ cells });
		expect(column?.kind).toBe('number');
		expect(column?.column?.values[7]).toBeNaN();
	});
});

describe('cells', () => {
	test.each([
		['1,234.5', 1234.5],
		['12,5', 12.5],
		['€ 80', 80],
		['+7', 7],
		['98 %', 98],
	])('read %s as %d', (cell, value) => expect(parseNumber(cell)).toBe(value));

	test.each(['1-2', 'Infinity', '0x1f', '', 'twelve'])('find no number in %j', (cell) =>
		expect(parseNumber(cell)).toBeNaN(),
	);

	test.each(['', ' ', 'n/a', 'NULL', 'NaN', '?'])('find nothing in %j', (cell) =>
		expect(isMissing(cell)).toBe(true),
	);

	test('join year, month name and day to a day, in any order', () => {
		const [year, month, day] = [['2016'], ['February'], ['29']] as const;
		const expected = Float64Array.of(civilDay(2016, 2, 29));
		expect(daysOfCells([year, month, day])).toEqual(expected);
		expect(daysOfCells([day, year, month])).toEqual(expected);
		expect(
			daysOfCells([
				['2016', '2016'],
				['2', '3'],
				['29', '30'],
			])[0],
		).toBe(expected[0]);
		expect(daysOfCells([['2015'], ['February'], ['29']])[0]).toBeNaN();
	});

	test('are guessed to make a date where they are called so', () => {
		const names = ['stay_days', 'arrival_year', 'arrival_week', 'arrival_month', 'arrival_day'];
		expect(guessDateParts(names)).toEqual(['arrival_year', 'arrival_month', 'arrival_day']);
		expect(guessDateParts(['year', 'day_of_week', 'month'])).toBeUndefined();
	});
});
