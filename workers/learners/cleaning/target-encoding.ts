import { type MatrixColumn, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { type Split, shuffledFolds } from '$workers/table/splits';
import { check } from '../boosted-trees/settings';
import { requireExamples, takeExamples, weightsOf } from '../examples';
import { type Breathe, breathing } from '../linear';
import type { Examples } from '../tabular';
import type { Transform } from '../transform';
import {
	type ColumnChoice,
	choiceParams,
	chosenColumns,
	countLevels,
	placesIn,
	replaceColumns,
} from './columns';
import { isFloats, isListOf, isNumber, isRecord, isSound, isText } from './shape';
import { type StepKind, fittedStep, stepFrom } from './step';

export interface TargetEncodingOptions extends ColumnChoice {
	/** In how many parts the training rows are encoded, each by the others; 5 if left out. */
	readonly folds?: number;
	/** As many rows of the mean of all targets are added to each level; 20 if left out. */
	readonly smoothing?: number;
}

interface Means {
	/** Of all targets: what a missing or unknown level becomes. */
	readonly usual: number;
	readonly columns: readonly {
		readonly name: string;
		readonly levels: readonly string[];
		/** One a level. */
		readonly means: Float64Array;
	}[];
}

const KIND: StepKind<Means> = {
	name: 'target-encoding',
	isState: isRecord<Means>({
		usual: isNumber,
		columns: isListOf(
			isSound(
				isRecord<Means['columns'][number]>({
					name: isText,
					levels: isListOf(isText),
					means: isFloats,
				}),
				({ levels, means }) => levels.length === means.length,
			),
		),
	}),
	apply: ({ usual, columns }, rows) =>
		replaceColumns(rows, 'category', columns, (column, { name, levels, means }) => [
			numberColumn(
				name,
				placesIn(levels, column).map((place) => means[place] ?? usual),
			),
		]),
};

/**
 * Categories as the mean target of their level, drawn to the mean of all where a level has few rows:
 * (sum of its targets + smoothing·mean of all) / (its rows + smoothing) (Micci-Barreca 2001, "A
 * preprocessing scheme for high-cardinality categorical attributes", with n / (n + smoothing) for the
 * weight of a level). A training row is encoded by rows of other folds alone, so that its own target
 * never stands in its columns. Weights of examples count.
 */
export function targetEncoding(options: TargetEncodingOptions = {}): Transform {
	const { folds = 5, smoothing = 20 } = options;
	check('folds', folds, 2, 1000, true);
	check('smoothing', smoothing, 0, Number.MAX_VALUE);
	return {
		name: KIND.name,
		params: { folds, smoothing, ...choiceParams(options) },
		async fit(train, run) {
			requireExamples(train);
			const splits = shuffledFolds(train.rows.count, folds, run.random.fork(KIND.name));
			const columns = chosenColumns(train.rows, 'category', options);
			const narrow = { ...train, rows: { count: train.rows.count, columns } };
			const learn = (part: Examples) => meansOf(part, smoothing);
			const encoded = await encodeOutOfFold(narrow, splits, learn, breathing(run));
			return {
				fitted: fittedStep(KIND, learn(narrow)),
				train: replaceColumns(train.rows, 'category', encoded, (_, column) => [column]),
			};
		},
	};
}

export const targetEncodingFrom = stepFrom(KIND);

/** Of all columns, which are categories. */
function meansOf(train: Examples, smoothing: number): Means {
	const weights = weightsOf(train);
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const sum = weights.reduce(
		(all, weight, row) => all + weight * (train.targets[row] as number),
		0,
	);
	const usual = total > 0 ? sum / total : 0;
	return {
		usual,
		columns: train.rows.columns.map((column) => {
			const levels = [...countLevels(column).keys()];
			const { sums, counts } = sumByLevel(column, levels, train.targets, weights);
			return {
				name: column.name,
				levels,
				means: sums.map((own, level) => {
					const count = (counts[level] as number) + smoothing;
					return count > 0 ? (own + smoothing * usual) / count : usual;
				}),
			};
		}),
	};
}

function sumByLevel(
	column: MatrixColumn,
	levels: readonly string[],
	targets: Float64Array,
	weights: Float64Array,
) {
	const sums = new Float64Array(levels.length);
	const counts = new Float64Array(levels.length);
	placesIn(levels, column).forEach((place, row) => {
		if (Number.isNaN(place)) return;
		const weight = weights[row] as number;
		sums[place] = (sums[place] as number) + weight * (targets[row] as number);
		counts[place] = (counts[place] as number) + weight;
	});
	return { sums, counts };
}

async function encodeOutOfFold(
	train: Examples,
	splits: readonly Split[],
	learn: (part: Examples) => Means,
	breathe: Breathe,
): Promise<readonly MatrixColumn[]> {
	const columns = train.rows.columns.map(({ name }) =>
		numberColumn(name, new Float64Array(train.rows.count)),
	);
	for (const [done, { train: others, test }] of splits.entries()) {
		await breathe(done / splits.length);
		const means = learn(takeExamples(train, others));
		const encoded = KIND.apply(means, takeMatrixRows(train.rows, test));
		columns.forEach(({ values }, i) => {
			const own = (encoded.columns[i] as MatrixColumn).values;
			test.forEach((row, place) => (values[row] = own[place] as number));
		});
	}
	return columns;
}
