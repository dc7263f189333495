import type { Examples } from '$workers/learners/tabular';
import type { Transform } from '$workers/learners/transform';
import {
	bin,
	capOutliers,
	dropColumns,
	dropMissing,
	holidayFlag,
	imputeMean,
	imputeMedian,
	imputeMode,
	imputeNearest,
	interactions,
	lags,
	logScale,
	oneHot,
	ordinal,
	rollingMeans,
	scaleMinMax,
	scaleStandard,
	targetEncoding,
} from '$workers/learners/cleaning';
import { seededRandom } from '$workers/math/random';
import { holidaysOf } from '$workers/table/calendar';
import { civilDay } from '$workers/table/civil';
import { type Matrix, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';

export const FIRST_DAY = civilDay(2024, 4, 1);
const HOMES = ['lodge', 'barn', 'mill', 'attic'];
const KINDS = ['park', 'hill', 'moor', 'harbour', 'fen', 'dune'];

/** Nights of four homes, day after day, with what was asked and sold; a tenth of it missing. */
export function panel(count: number): Examples {
	const random = seededRandom('panel');
	const draw = (make: (row: number) => number) =>
		Float64Array.from({ length: count }, (_, row) => make(row));
	const missing = (value: number) => (random.next() < 0.1 ? Number.NaN : value);
	const price = draw(() => missing(Math.exp(4.5 + random.normal() / 2)));
	const views = draw(() => missing(random.integer(40)));
	const kind = draw(() => missing(Math.floor(KINDS.length * random.next() ** 2)));
	const rows = matrix([
		numberColumn(
			'day',
			draw((row) => FIRST_DAY + Math.floor(row / HOMES.length)),
		),
		categoryColumn(
			'home',
			draw((row) => row % HOMES.length),
			HOMES,
		),
		numberColumn('price', price),
		numberColumn('views', views),
		categoryColumn('kind', kind, KINDS),
	]);
	const targets = price.map(
		(value, row) => (value || 90) / 10 + (views[row] || 20) / 8 + random.normal(),
	);
	return { rows, targets };
}

const SERIES = { series: 'views', entity: 'home', day: 'day' };

/** Every step that there is, by a name for tests. */
export function everyStep(): Readonly<Record<string, Transform>> {
	const columns = ['price', 'views'];
	return {
		'mean imputation': imputeMean(),
		'median imputation': imputeMedian(),
		'mode imputation': imputeMode(),
		'nearest imputation': imputeNearest({ neighbours: 3 }),
		'nearest imputation of few donors': imputeNearest({ mostDonors: 20 }),
		'capping by z': capOutliers({ by: 'z', limit: 1.5, columns }),
		'capping by quartiles': capOutliers({ by: 'iqr', whiskers: 0.5, columns }),
		'capping by isolation': capOutliers({ by: 'isolation', share: 0.1, columns }),
		'standard scaling': scaleStandard(),
		'scaling to 0 and 1': scaleMinMax(),
		'one-hot encoding': oneHot({ maxLevels: 3 }),
		'ordinal encoding': ordinal(),
		'target encoding': targetEncoding(),
		'bins of equal width': bin({ by: 'width', columns }),
		'bins of equal count': bin({ by: 'quantile', columns }),
		'bins between edges': bin({ by: [50, 100], columns }),
		lags: lags({ ...SERIES, days: [1, 7] }),
		'rolling means': rollingMeans({ ...SERIES, days: [7], shift: 2 }),
		'holiday flags': holidayFlag(holidaysOf('GB', FIRST_DAY, FIRST_DAY + 400), { day: 'day' }),
		logarithms: logScale({ columns }),
		interactions: interactions({ columns, squares: true }),
		'leaving out what is named': dropColumns(['price']),
		'leaving out what is missing': dropMissing({ most: 0.05 }),
	};
}

/** The same rows, category levels numbered anew by the rows alone, as if no others had ever been. */
export function aloneOnly(rows: Matrix): Matrix {
	return matrix(
		rows.columns.map((column) => {
			if (column.kind === 'number') return column;
			const names = Array.from(column.values, (level) => column.levels[level]);
			const levels = [...new Set(names.filter((name) => name !== undefined))];
			const values = names.map((name) => (name === undefined ? Number.NaN : levels.indexOf(name)));
			return categoryColumn(column.name, Float64Array.from(values), levels);
		}),
	);
}

/** What rows hold, with categories by name. */
export function cellsOf({ columns }: Matrix): Record<string, (number | string | undefined)[]> {
	return Object.fromEntries(
		columns.map(({ name, kind, values, levels }) => [
			name,
			Array.from(values, (value) =>
				kind === 'number' || Number.isNaN(value) ? value : levels[value],
			),
		]),
	);
}
