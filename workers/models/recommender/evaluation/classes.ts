import { type HomeTable, values } from '$workers/table/homes';
import type { CatalogueModel } from '../catalogue-model';

export interface Catalogue {
	readonly homes: HomeTable;
}

/** By what lists are compared beside their order; one value a row. */
export interface HomeClasses {
	/** How often each home was chosen by anybody, as the catalogue counts it. */
	readonly counts: Float64Array;
	readonly areas: ArrayLike<number>;
	/** Quarter of the catalogue by price, 0 the cheapest. */
	readonly bands: ArrayLike<number>;
	/** 0 for homes alike in all that a taste can tell, up to 1. */
	readonly distance: (one: number, other: number) => number;
}

export function homeClasses(model: CatalogueModel, { homes }: Catalogue): HomeClasses {
	return {
		counts: Float64Array.from(values(homes, 'reviews'), (count) => (count > 0 ? count : 0)),
		areas: model.neighbourhoods,
		bands: quarters(model.prices),
		distance: distanceOf(model),
	};
}

function quarters(prices: Float64Array): Uint8Array {
	const sorted = prices.slice().sort();
	const bounds = [0.25, 0.5, 0.75].map(
		(share) => sorted[Math.floor(share * (sorted.length - 1))] as number,
	);
	return Uint8Array.from(prices, (price) => bounds.filter((bound) => price > bound).length);
}

/** 1 less the cosine of two homes, each kind of feature by how much it can tell. */
function distanceOf({ features: { kinds, rows }, settings }: CatalogueModel) {
	const scales = Float64Array.from(kinds, (kind) => settings.deviations[kind] ** 2);
	const spread = new Float64Array(rows.width);
	const each = (row: number, of: (column: number, value: number) => void) => {
		for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
			of(rows.columns[at] as number, rows.values[at] as number);
	};
	const lengths = new Map<number, number>();
	const length = (row: number) => {
		const known = lengths.get(row);
		if (known !== undefined) return known;
		let squares = 0;
		each(row, (column, value) => (squares += value ** 2 * (scales[column] as number)));
		lengths.set(row, Math.sqrt(squares));
		return Math.sqrt(squares);
	};
	return (one: number, other: number): number => {
		let product = 0;
		each(one, (column, value) => (spread[column] = value * (scales[column] as number)));
		each(other, (column, value) => (product += value * (spread[column] as number)));
		each(one, (column) => (spread[column] = 0));
		const cosine = product / Math.max(Number.EPSILON, length(one) * length(other));
		return Math.min(1, Math.max(0, 1 - cosine));
	};
}
