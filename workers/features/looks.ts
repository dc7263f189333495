import { fullRows, joinSides } from '$workers/table/sparse';
import type { HomeFeatures } from './feature-space';

/** What a listing encoder makes of every home: `count × width` numbers, row by row. */
export interface Embeddings {
	readonly width: number;
	readonly values: Float32Array;
}

/** The same features with a column for each number of the embedding, scaled to a mean square of 1 a home. */
export function withLooks(homes: HomeFeatures, { width, values }: Embeddings): HomeFeatures {
	const count = homes.rows.count;
	if (values.length !== count * width) throw new RangeError('embeddings do not fit the homes');
	const square = values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, count);
	const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
	const scaled = values.map((value) => value * scale);
	const numbers = Array.from({ length: width }, (_, i) => i);
	return {
		rows: joinSides(homes.rows, fullRows(scaled, width)),
		features: [
			...homes.features,
			...numbers.map((i) => ({ key: `looks:${i}`, group: 'looks', value: String(i) }) as const),
		],
		sharing: [...homes.sharing, ...numbers.map(() => 'together' as const)],
		kinds: [...homes.kinds, ...numbers.map(() => 'looks' as const)],
	};
}
