import { type MatrixColumn, categoryColumn } from '$workers/table/matrix';
import { quantile } from '$workers/math/quantile';
import { check } from '../boosted-trees/settings';
import type { Transform } from '../transform';
import { type ColumnChoice, choiceParams, chosenColumns, replaceColumns } from './columns';
import { isFloats, isListOf, isRecord, isText } from './shape';
import { sortedKnown } from './statistics';
import { type StepKind, step, stepFrom } from './step';

export interface BinOptions extends ColumnChoice {
	/** Bins as wide as each other, with as many rows, or between edges that are handed in. */
	readonly by: 'width' | 'quantile' | readonly number[];
	/** 5 if left out; not used with edges. */
	readonly bins?: number;
}

interface Edges {
	readonly columns: readonly {
		readonly name: string;
		/** Between bins, ascending: one less than there are bins. */
		readonly edges: Float64Array;
	}[];
}

const KIND: StepKind<Edges> = {
	name: 'bin',
	isState: isRecord<Edges>({ columns: isListOf(isRecord({ name: isText, edges: isFloats })) }),
	apply: ({ columns }, rows) =>
		replaceColumns(rows, 'number', columns, (column, { edges }) => [binned(column, edges)]),
};

/**
 * Numbers as the bin that they fall in, a category such as `18 to 30` (18 included, 30 not); the first
 * and last bins are open. What is missing stays missing. Edges that fall together (many rows of one
 * number) leave fewer bins.
 */
export function bin(options: BinOptions): Transform {
	const { by, bins = 5 } = options;
	check('bins', bins, 1, 1000, true);
	if (typeof by !== 'string' && !by.every((edge, i) => i === 0 || edge > (by[i - 1] as number)))
		throw new RangeError('edges of bins must ascend');
	const params = {
		by: typeof by === 'string' ? by : by.join(', '),
		bins,
		...choiceParams(options),
	};
	return step(KIND, params, ({ rows }) => ({
		columns: chosenColumns(rows, 'number', options).map(({ name, values }) => ({
			name,
			edges: edgesOf(sortedKnown(values), by, bins),
		})),
	}));
}

export const binFrom = stepFrom(KIND);

function edgesOf(sorted: Float64Array, by: BinOptions['by'], bins: number): Float64Array {
	if (typeof by !== 'string') return Float64Array.from(by);
	const least = sorted[0];
	const most = sorted.at(-1);
	if (least === undefined || most === undefined) return new Float64Array(0);
	const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
	const edges = shares.map((share) =>
		by === 'width' ? least + share * (most - least) : quantile(sorted, share),
	);
	const kept = edges.filter((edge, i) => edge > (i === 0 ? least : (edges[i - 1] as number)));
	return Float64Array.from(kept);
}

function binned({ name, values }: MatrixColumn, edges: Float64Array): MatrixColumn {
	return categoryColumn(
		name,
		values.map((value) => (Number.isNaN(value) ? value : binOf(edges, value))),
		namesOf(edges),
	);
}

/** How many edges lie at or below a number. */
function binOf(edges: Float64Array, value: number): number {
	let low = 0;
	let high = edges.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((edges[middle] as number) <= value) low = middle + 1;
		else high = middle;
	}
	return low;
}

function namesOf(edges: Float64Array): string[] {
	const short = Array.from(edges, (edge) => String(Number(edge.toPrecision(6))));
	const texts = new Set(short).size < short.length ? Array.from(edges, String) : short;
	const first = texts[0];
	if (first === undefined) return ['any'];
	return [
		`below ${first}`,
		...texts.slice(1).map((to, i) => `${texts[i]} to ${to}`),
		`from ${texts.at(-1)}`,
	];
}
