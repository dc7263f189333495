import { cholesky } from '$workers/math/cholesky';
import { type SparseRows, columnMeans } from '$workers/table/sparse';

/** What is believed before anything was observed: weights are normal around 0, column by column. */
export interface LinearBelief {
	/** Variance of each column's weight. */
	readonly variances: Float64Array;
	/** Columns that are learned with full covariance; the others are independent of all. Ascending. */
	readonly together: Uint32Array;
	/**
	 * Implicit negatives: the rows at large count as observations of 0 with this weight in all, which
	 * takes weight from directions that most rows share (the unobserved part of Hu, Koren and
	 * Volinsky 2008, "Collaborative filtering for implicit feedback datasets").
	 */
	readonly backgroundWeight: number;
}

/** A belief made ready for rows of one kind: what all updates start from. */
export interface LinearPrior {
	/** Mean of each column over the rows at large; scores are relative to it. */
	readonly means: Float64Array;
	readonly together: Uint32Array;
	/** For every column its place in `together`, or -1. */
	readonly places: Int32Array;
	/** Precision of the columns in `together`, background included: size × size. */
	readonly precision: Float64Array;
	/** Its Cholesky factor. */
	readonly factor: Float64Array;
	/** Precision of each column alone, background included; unused for columns in `together`. */
	readonly alone: Float64Array;
}

/** Costs rows × (values in a row)² and size³: once a catalogue. */
export function linearPrior(rows: SparseRows, belief: LinearBelief): LinearPrior {
	const { variances, together, backgroundWeight } = belief;
	if (variances.length !== rows.width) throw new RangeError('one variance a column is needed');
	if (variances.some((variance) => !(variance > 0)))
		throw new RangeError('a variance is not positive');
	const means = columnMeans(rows);
	const places = new Int32Array(rows.width).fill(-1);
	together.forEach((column, place) => (places[column] = place));
	const precision = covariance(rows, means, together, places);
	const size = together.length;
	for (let i = 0; i < precision.length; i++)
		precision[i] = (precision[i] as number) * backgroundWeight;
	together.forEach((column, i) => {
		precision[i * size + i] =
			(precision[i * size + i] as number) + 1 / (variances[column] as number);
	});
	const alone = meanSquares(rows).map(
		(square, column) => 1 / (variances[column] as number) + backgroundWeight * square,
	);
	return { means, together, places, precision, factor: cholesky(precision, size), alone };
}

/** Mean of centred outer products over all rows, for some columns: size × size. */
function covariance(
	rows: SparseRows,
	means: Float64Array,
	together: Uint32Array,
	places: Int32Array,
): Float64Array {
	const size = together.length;
	const sums = new Float64Array(size * size);
	for (let row = 0; row < rows.count; row++) {
		const end = rows.starts[row + 1] as number;
		for (let a = rows.starts[row] as number; a < end; a++) {
			const i = places[rows.columns[a] as number] as number;
			if (i < 0) continue;
			const value = rows.values[a] as number;
			for (let b = rows.starts[row] as number; b < end; b++) {
				const j = places[rows.columns[b] as number] as number;
				if (j >= 0)
					sums[i * size + j] = (sums[i * size + j] as number) + value * (rows.values[b] as number);
			}
		}
	}
	together.forEach((left, i) => {
		together.forEach((right, j) => {
			const centre = (means[left] as number) * (means[right] as number);
			sums[i * size + j] = (sums[i * size + j] as number) / Math.max(1, rows.count) - centre;
		});
	});
	return sums;
}

function meanSquares(rows: SparseRows): Float64Array {
	const squares = new Float64Array(rows.width);
	rows.columns.forEach((column, at) => {
		squares[column] = (squares[column] as number) + (rows.values[at] as number) ** 2 / rows.count;
	});
	return squares;
}
