import type { Matrix } from '$workers/table/matrix';
import { binColumn, type BinnedRows, type ColumnBins, learnBins } from './bins';
import type { Pacer } from './pause';

/** Learns the bins of all columns from these rows and puts the rows into them. */
export async function binTraining(
	rows: Matrix,
	weights: Float64Array,
	maxBins: number,
	pacer: Pacer,
): Promise<{ readonly columns: readonly ColumnBins[]; readonly binned: BinnedRows }> {
	const { count } = rows;
	const width = rows.columns.length;
	const bins = new Uint8Array(count * width);
	const columns: ColumnBins[] = [];
	for (const [place, column] of rows.columns.entries()) {
		const learned = learnBins(column, weights, maxBins);
		binColumn(column, learned, 0, count, bins.subarray(place * count));
		columns.push(learned);
		await pacer.pace(() => 0);
	}
	return { columns, binned: { count, width, bins } };
}
