import type { Matrix } from '$workers/table/matrix';
import { dotAll } from '$workers/table/sparse';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import { sigmoid } from '../calibration';
import type { Contributions, Explains, Fitted, Run } from '../contract';
import type { Examples, Predictions, TabularEstimator } from '../tabular';
import { type Design, designFrom, designRows } from './design';

/** A learner of a weighted sum of columns. */
export interface LinearEstimator extends TabularEstimator {
	fit(train: Examples, run: Run): Promise<FittedLinearTable>;
}

export interface LinearTable {
	readonly design: Design;
	/** One a column of the design; the last one is the constant. */
	readonly weights: Float64Array;
	/** Of each column of the design over training rows. */
	readonly means: Float64Array;
	/** Chance = sigmoid(slope·score + offset); none where the value is the score itself. */
	readonly line?: { readonly slope: number; readonly offset: number };
}

/** A weighted sum of columns: what logistic and ridge regression and the linear support vector machine fit. */
export class FittedLinearTable implements Fitted<Matrix, Predictions>, Explains<Matrix> {
	readonly #learner: string;
	readonly #model: LinearTable;

	constructor(learner: string, model: LinearTable) {
		if (!model.weights.every(Number.isFinite))
			throw new RangeError('a weight is not finite: look for odd values in the columns');
		this.#learner = learner;
		this.#model = model;
	}

	/** What was fitted, for showing; not to be written to. */
	get model(): LinearTable {
		return this.#model;
	}

	async predict(query: Matrix): Promise<Predictions> {
		const { design, weights, line } = this.#model;
		const scores = dotAll(designRows(design, query), weights);
		const values = line
			? scores.map((score) => sigmoid(line.slope * score + line.offset))
			: scores.slice();
		return { scores, values };
	}

	/** Shares by column: how far its value moves the score from that of the mean row, which is `base`. */
	async explain(query: Matrix): Promise<Contributions> {
		const { design, weights, means } = this.#model;
		const rows = designRows(design, query);
		const width = design.columns.length + 1;
		const source = sourcesOf(design);
		const usual = new Float64Array(width);
		weights.forEach((weight, column) => {
			const share = weight * (means[column] as number);
			const from = source[column] as number;
			if (from < width - 1) usual[from] = (usual[from] as number) - share;
			usual[width - 1] = (usual[width - 1] as number) + share;
		});
		const values = new Float64Array(rows.count * width);
		for (let row = 0; row < rows.count; row++) {
			values.set(usual, row * width);
			// The constant stands last and is in the base already.
			for (let i = rows.starts[row] as number; i < (rows.starts[row + 1] as number) - 1; i++) {
				const column = rows.columns[i] as number;
				const at = row * width + (source[column] as number);
				values[at] =
					(values[at] as number) + (weights[column] as number) * (rows.values[i] as number);
			}
		}
		return { names: [...design.columns.map(({ name }) => name), 'base'], values };
	}

	toBuffer(): ArrayBuffer {
		const { design, weights, means, line } = this.#model;
		return encodeTensors({
			arrays: {
				weights,
				means,
				line: line ? Float64Array.of(line.slope, line.offset) : new Float64Array(0),
			},
			metadata: { learner: this.#learner, design: JSON.stringify(design) },
		});
	}

	/** The inverse of `toBuffer`. A RangeError where the bytes are not those of this learner. */
	static from(learner: string, buffer: ArrayBuffer): FittedLinearTable {
		const { arrays, metadata } = decodeTensors(buffer);
		const { weights, means, line } = arrays;
		if (metadata['learner'] !== learner)
			throw new RangeError(`the bytes are not those of a ${learner} model`);
		const design = designFrom(metadata['design']);
		if (
			!(weights instanceof Float64Array && weights.length === design.width) ||
			!(means instanceof Float64Array && means.length === design.width) ||
			!(line instanceof Float64Array && line.every(Number.isFinite))
		)
			throw new RangeError(`the numbers of a ${learner} model are damaged`);
		const [slope, offset] = line;
		return new FittedLinearTable(learner, {
			design,
			weights: weights.slice(),
			means: means.slice(),
			...(slope !== undefined && offset !== undefined && { line: { slope, offset } }),
		});
	}

	dispose(): void {}
}

/** The column of the table that each column of the design comes from; the constant's is one beyond. */
function sourcesOf({ columns, width }: Design): Uint16Array {
	const source = new Uint16Array(width).fill(columns.length);
	columns.forEach((column, i) => source.fill(i, column.at, column.at + column.width));
	return source;
}
