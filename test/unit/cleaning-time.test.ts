import { describe, expect, it } from 'vitest';
import { holidayFlag, lags, rollingMeans } from '$workers/learners/cleaning';
import type { Transform } from '$workers/learners/transform';
import { seededRandom, shuffle } from '$workers/math/random';
import { holidaysOf } from '$workers/table/calendar';
import { civilDay } from '$workers/table/civil';
import {
	type Matrix,
	categoryColumn,
	matrix,
	numberColumn,
	takeMatrixRows,
} from '$workers/table/matrix';
import { plainRun } from '../conformance/learner';

const NONE = Number.NaN;
const FIRST = civilDay(2025, 3, 1);
const SERIES = { series: 'let', entity: 'home', day: 'day' };

/** Rows of home (barn or mill), days since the first, and what is looked back on. */
function panelOf(rows: readonly (readonly [home: number, day: number, let_: number])[]): Matrix {
	const column = (i: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[i]);
	return matrix([
		categoryColumn('home', column(0), ['barn', 'mill']),
		numberColumn(
			'day',
			column(1).map((day) => FIRST + day),
		),
		numberColumn('let', column(2)),
	]);
}

async function added(step: Transform, train: Matrix, query: Matrix = train): Promise<number[][]> {
	const { fitted } = await step.fit(
		{ rows: train, targets: new Float64Array(train.count) },
		plainRun(),
	);
	return fitted
		.apply(query)
		.columns.slice(query.columns.length)
		.map(({ values }) => Array.from(values));
}

describe('lags', () => {
	it('join by day, so that gaps shift nothing', async () => {
		const gap = panelOf([
			[0, 0, 10],
			[0, 1, 11],
			[0, 3, 13],
			[0, 4, 14],
		]);
		expect(await added(lags({ ...SERIES, days: [1, 2] }), gap)).toEqual([
			[NONE, 10, NONE, 13],
			[NONE, NONE, 11, NONE],
		]);
	});

	it('look back on the own home alone, in whatever order rows stand', async () => {
		const rows = panelOf([
			[1, 1, 21],
			[0, 1, 11],
			[1, 0, 20],
			[0, 0, 10],
		]);
		expect(await added(lags({ ...SERIES, days: [1] }), rows)).toEqual([[20, 10, NONE, NONE]]);
	});

	it('take the mean of several rows of one day, and leave out missing ones', async () => {
		const rows = panelOf([
			[0, 0, 10],
			[0, 0, 20],
			[0, 0, NONE],
			[0, 1, NONE],
			[0, 2, 5],
		]);
		expect(await added(lags({ ...SERIES, days: [1] }), rows)).toEqual([
			[NONE, NONE, NONE, 15, NONE],
		]);
	});

	it('find training rows for rows to come, and nothing for unknown homes', async () => {
		const train = panelOf([
			[0, 0, 10],
			[0, 1, 11],
		]);
		const unknown = matrix([
			categoryColumn('home', Float64Array.of(0, 1, 1, NONE), ['attic', 'barn']),
			numberColumn(
				'day',
				Float64Array.of(2, 2, 3, 2).map((day) => FIRST + day),
			),
			numberColumn('let', new Float64Array(4).fill(NONE)),
		]);
		expect(await added(lags({ ...SERIES, days: [1] }), train, unknown)).toEqual([
			[NONE, 11, NONE, NONE],
		]);
	});

	it('take homes that are numbered', async () => {
		const numbered = (rows: Matrix) =>
			matrix(rows.columns.map((column) => ({ ...numberColumn(column.name, column.values) })));
		const rows = panelOf([
			[0, 0, 10],
			[1, 0, 20],
			[0, 1, 11],
			[1, 1, 21],
		]);
		expect(await added(lags({ ...SERIES, days: [1] }), numbered(rows))).toEqual(
			await added(lags({ ...SERIES, days: [1] }), rows),
		);
	});
});

describe('rolling means', () => {
	it('end on the day before', async () => {
		const rows = panelOf([0, 1, 2, 3, 4].map((day) => [0, day, 2 ** day]));
		expect(await added(rollingMeans({ ...SERIES, days: [1, 3] }), rows)).toEqual([
			[NONE, 1, 2, 4, 8],
			[NONE, 1, 3 / 2, 7 / 3, 14 / 3],
		]);
	});

	it('end earlier where they are shifted by more', async () => {
		const rows = panelOf([0, 1, 2, 3, 4].map((day) => [0, day, 2 ** day]));
		expect(await added(rollingMeans({ ...SERIES, days: [2], shift: 2 }), rows)).toEqual([
			[NONE, NONE, 1, 3 / 2, 6 / 2],
		]);
	});

	it('count days, not rows', async () => {
		const rows = panelOf([
			[0, 0, 10],
			[0, 5, 20],
			[0, 6, 40],
		]);
		expect(await added(rollingMeans({ ...SERIES, days: [3] }), rows)).toEqual([[NONE, NONE, 20]]);
	});
});

describe('what looks back', () => {
	const steps: readonly Transform[] = [
		lags({ ...SERIES, days: [1, 2, 7] }),
		rollingMeans({ ...SERIES, days: [1, 7, 30] }),
	];

	/** Sixty days of two homes, shuffled, with gaps. */
	function longPanel(): Matrix {
		const random = seededRandom('look ahead');
		const rows = Array.from({ length: 120 }, (_, i): [number, number, number] => [
			i % 2,
			Math.floor(i / 2),
			random.integer(100),
		]);
		return panelOf(
			shuffle(
				rows.filter(() => random.next() > 0.15),
				random,
			),
		);
	}

	it.each(steps)('never sees its own day or a later one: $name', async (step) => {
		const before = await added(step, longPanel());
		for (const cut of [0, 17, 40]) {
			const changed = longPanel();
			const [, days, values] = changed.columns.map((column) => column.values);
			days?.forEach((day, row) => {
				if (day >= FIRST + cut && values) values[row] = 1e9;
			});
			const after = await added(step, changed);
			const upToCut = [...(days ?? []).keys()].filter((row) => (days?.[row] ?? 0) <= FIRST + cut);
			for (const [i, column] of before.entries())
				expect(upToCut.map((row) => after[i]?.[row])).toEqual(upToCut.map((row) => column[row]));
		}
	});

	it.each(steps)('sees what a plain scan of earlier rows sees: $name', async (step) => {
		const rows = longPanel();
		const [homes, days, values] = rows.columns.map((column) => Array.from(column.values));
		const scan = (row: number, first: number, last: number) => {
			const seen = (values ?? []).filter((_, other) => {
				const back = (days?.[row] ?? 0) - (days?.[other] ?? 0);
				return homes?.[other] === homes?.[row] && back <= first && back >= last;
			});
			return seen.reduce((sum, value) => sum + value, 0) / seen.length;
		};
		const windows =
			step.name === 'lags'
				? ([
						[1, 1],
						[2, 2],
						[7, 7],
					] as const)
				: ([
						[1, 1],
						[7, 1],
						[30, 1],
					] as const);
		const expected = windows.map(([first, last]) =>
			Array.from({ length: rows.count }, (_, row) => scan(row, first, last)),
		);
		const found = await added(step, rows);
		expected.forEach((column, i) =>
			column.forEach((value, row) => {
				if (Number.isNaN(value)) expect(found[i]?.[row]).toBeNaN();
				else expect(found[i]?.[row]).toBeCloseTo(value, 10);
			}),
		);
	});

	it('refuses days that are not before a row', () => {
		for (const days of [[0], [-1], [1.5], []]) {
			expect(() => lags({ ...SERIES, days })).toThrow(/at least 1/);
			expect(() => rollingMeans({ ...SERIES, days })).toThrow(/at least 1/);
		}
		expect(() => rollingMeans({ ...SERIES, days: [7], shift: 0 })).toThrow(/at least 1/);
	});

	it('does not depend on which rows are asked about', async () => {
		const rows = longPanel();
		const step = lags({ ...SERIES, days: [7] });
		const [whole] = await added(step, rows);
		const picked = [3, 50, 7];
		expect(await added(step, rows, takeMatrixRows(rows, picked))).toEqual([
			picked.map((row) => whole?.[row]),
		]);
	});
});

describe('holidays', () => {
	it('are flagged by a calendar of rules', async () => {
		const holidays = holidaysOf('GB', civilDay(2025, 1, 1), civilDay(2026, 1, 1));
		const days = [civilDay(2025, 12, 24), civilDay(2025, 12, 25), civilDay(2025, 4, 18), NONE];
		const rows = matrix([numberColumn('arrives', Float64Array.from(days))]);
		// Good Friday of 2025 was on 18 April.
		expect(await added(holidayFlag(holidays, { day: 'arrives' }), rows)).toEqual([[0, 1, 1, NONE]]);
	});
});
