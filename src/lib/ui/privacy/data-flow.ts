import type { DataMap, Purpose } from '$lib/contracts';
import { placeOf, standingName } from '../words/data-map';
import { purposeWords } from '../words/privacy';
import { tableWords } from '../words/tables';

/** A word in the picture; `x` is where its column begins. */
export interface FlowNode {
	readonly id: string;
	readonly words: string;
	readonly x: number;
	readonly y: number;
}

export interface FlowPictureOf {
	readonly nodes: readonly FlowNode[];
	/** Paths of the lines, by what they join. */
	readonly lines: readonly { readonly id: string; readonly d: string }[];
	readonly height: number;
}

/** Purposes that every store serves are left out: they would join everything with everything. */
const DRAWN: readonly Purpose[] = ['show', 'recommend', 'insight', 'message'];
const COLUMNS = [0, 330, 560, 820];
/** About as wide is a letter of this size. */
const LETTER = 7.6;
const STEP = 30;
const TOP = 48;

/** Stores that hold something, what they are read for, the models that learn from it, and where it shows. */
export function dataFlow({ models, tables }: DataMap): FlowPictureOf {
	const stores = tables.filter(
		({ purposes, rows }) => rows > 0 && purposes.some((purpose) => DRAWN.includes(purpose)),
	);
	const purposes = DRAWN.filter((purpose) =>
		stores.some((store) => store.purposes.includes(purpose)),
	);
	const places = [...new Set(['Homes', ...models.map(({ name }) => placeOf(name))])];
	const columns = [
		stores.map(({ name }) => [`store ${name}`, tableWords(name)] as const),
		purposes.map((purpose) => [`purpose ${purpose}`, purposeWords([purpose])] as const),
		// The first place stays free: the line from showing homes to their pages passes there.
		[
			['', ''] as const,
			...models.map(({ name }) => [`model ${name}`, standingName(name)] as const),
		],
		places.map((place) => [`place ${place}`, place] as const),
	];
	const tallest = Math.max(...columns.map((column) => column.length));
	const nodes = columns.flatMap((column, i) =>
		column.map(([id, words], row) => ({
			id,
			words,
			x: COLUMNS[i] ?? 0,
			y: TOP + ((row + 0.5) * tallest * STEP) / column.length,
		})),
	);
	const joined: (readonly [string, string])[] = [
		...stores.flatMap(({ name, purposes: served }) =>
			served
				.filter((purpose) => DRAWN.includes(purpose))
				.map((purpose) => [`store ${name}`, `purpose ${purpose}`] as const),
		),
		...models.map(({ name, purpose }) => [`purpose ${purpose}`, `model ${name}`] as const),
		...models.map(({ name }) => [`model ${name}`, `place ${placeOf(name)}`] as const),
		...(purposes.includes('show') ? [['purpose show', 'place Homes'] as const] : []),
	];
	return {
		nodes,
		lines: joined.map(([from, to]) => ({ id: `${from}, ${to}`, d: line(nodes, from, to) })),
		height: TOP + tallest * STEP,
	};
}

function line(nodes: readonly FlowNode[], from: string, to: string): string {
	const [a, b] = [from, to].map((id) => nodes.find((node) => node.id === id));
	if (!a || !b) return '';
	// All of a column begin where its longest words end: none crosses the words of another row.
	const column = nodes.filter(({ x }) => x === a.x).map(({ words }) => words.length);
	const start = a.x + Math.max(...column) * LETTER + 12;
	const end = b.x - 12;
	const middle = (start + end) / 2;
	return `M${start} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${end} ${b.y}`;
}
