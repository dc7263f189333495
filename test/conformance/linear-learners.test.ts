import { calibrated, calibratedFrom } from '$workers/learners/calibration';
import {
	chanceIntervals,
	chanceIntervalsFrom,
	conformal,
	conformalFrom,
} from '$workers/learners/conformal';
import { linearSvm, linearSvmFrom } from '$workers/learners/linear-svm';
import { logistic, logisticFrom } from '$workers/learners/logistic';
import { ridge, ridgeFrom } from '$workers/learners/ridge';
import { takeMatrixRows } from '$workers/table/matrix';
import {
	poisonedExamples,
	smallClasses,
	smallRegression,
	smallTable,
} from '../support/small-table';
import { tabularCase } from '../support/tabular-case';
import { conforms } from './learner';

const classes = () => smallClasses(80);
const values = () => smallRegression(80);

conforms('logistic regression', () => ({
	...tabularCase(logistic(), classes, logisticFrom),
	abilities: ['explains'],
}));
conforms('logistic regression with l1', () => ({
	...tabularCase(logistic({ l1: 3 }), classes, logisticFrom),
	abilities: ['explains'],
}));
conforms('ridge regression', () => ({
	...tabularCase(ridge(), values, ridgeFrom),
	abilities: ['explains'],
}));
conforms('the linear support vector machine', () => ({
	...tabularCase(linearSvm(), classes, linearSvmFrom),
	abilities: ['explains'],
}));

for (const method of ['isotonic', 'sigmoid', 'beta'] as const)
	conforms(`a learner calibrated by ${method}`, () => ({
		...tabularCase(calibrated(logistic(), { method, folds: 3 }), classes, (buffer) =>
			calibratedFrom(buffer, logisticFrom),
		),
		abilities: ['explains'],
	}));

for (const method of ['residual', 'normalised', 'quantiles'] as const)
	conforms(`conformal intervals of ${method}`, () => ({
		estimator: conformal(
			method === 'residual'
				? { method, learners: [ridge()] }
				: { method, learners: [ridge(), ridge({ lambda: 3 })] },
			{ level: 0.8 },
		),
		from: (buffer) => conformalFrom(buffer, ridgeFrom),
		train: values,
		query: () => smallTable(9, 'query'),
		pick: takeMatrixRows,
		rows: ({ low, high }) => Array.from(low, (from, row) => [from, high[row] as number]),
		poisoned: () => poisonedExamples(values()),
	}));

conforms('chances with intervals', () => ({
	estimator: chanceIntervals(logistic(), { folds: 3 }),
	from: (buffer) => chanceIntervalsFrom(buffer, logisticFrom),
	train: classes,
	query: () => smallTable(9, 'query'),
	pick: takeMatrixRows,
	rows: ({ low, high, values: chances }) =>
		Array.from(low, (from, row) => [from, chances[row] as number, high[row] as number]),
	poisoned: () => poisonedExamples(classes()),
}));
