import { describe, expect, it } from 'vitest';
import { homeFeatures, withLooks } from '$workers/features';
import { landmarks } from '$workers/features/landmarks';
import { readableThresholds } from '$workers/features/thresholds';
import { inverseFrequency, titleWords } from '$workers/features/words';
import { sampleTown } from '$workers/sample';
import { categories, numbers, texts } from '$workers/table/column';
import { sliceTable } from '$workers/table/table';

const town = sampleTown({ seed: 'features', homes: 300 }).homes;

/** A row as key and value. */
function readRow(features: ReturnType<typeof homeFeatures>, row: number): Record<string, number> {
	const { starts, columns, values } = features.rows;
	const entries: [string, number][] = [];
	for (let at = starts[row]!; at < starts[row + 1]!; at++)
		entries.push([features.features[columns[at]!]!.key, values[at]!]);
	return Object.fromEntries(entries);
}

describe('features of homes', () => {
	it('say what the catalogue says of each home', () => {
		const features = homeFeatures(town);
		const { neighbourhood, room_type, price, guests } = town.columns;
		for (const row of [0, 17, 299]) {
			const own = readRow(features, row);
			expect(own[`neighbourhood:${neighbourhood.names[neighbourhood.codes[row]!]}`]).toBe(1);
			expect(own[`room-type:${room_type.names[room_type.codes[row]!]}`]).toBe(1);
			for (const { key, to } of features.features.filter(({ to: limit }) => limit !== undefined))
				expect(own[key] ?? 0).toBe(price.values[row]! < to! ? 1 : 0);
			expect(own['size:guests-4'] ?? 0).toBe(guests.values[row]! >= 4 ? 1 : 0);
		}
	});

	it('have a key of their own each', () => {
		const { features } = homeFeatures(town);
		expect(new Set(features.map(({ key }) => key)).size).toBe(features.length);
	});

	it('never read what comes from reviews', () => {
		const other = {
			...town,
			columns: {
				...town.columns,
				rating: numbers(new Float32Array(300).fill(1)),
				reviews: numbers(new Float32Array(300).fill(999)),
				listed_on: numbers(new Float64Array(300).fill(1)),
			},
		};
		expect(homeFeatures(other)).toEqual(homeFeatures(town));
	});

	it('are finite where the source does not say, and say so', () => {
		const bedrooms = Float32Array.from(town.columns.bedrooms.values);
		bedrooms[5] = Number.NaN;
		const price = Float64Array.from(town.columns.price.values);
		price[5] = Number.NaN;
		const holes = {
			...town,
			columns: { ...town.columns, bedrooms: numbers(bedrooms), price: numbers(price) },
		};
		const own = readRow(homeFeatures(holes), 5);
		expect(own['size:bedrooms-unknown']).toBe(1);
		expect(own['price:price-unknown']).toBe(1);
		expect(Object.values(own).every(Number.isFinite)).toBe(true);
	});

	it('learn alone what few homes share, and leave out what one home has', () => {
		const few = {
			...town,
			columns: {
				...town.columns,
				neighbourhood: categories(
					Array.from({ length: 300 }, (_, row) =>
						row < 2 ? 'pair' : row === 2 ? 'single' : 'usual',
					),
				),
			},
		};
		const { features, sharing } = homeFeatures(few);
		const of = (value: string) => features.findIndex(({ key }) => key === `neighbourhood:${value}`);
		expect(sharing[of('usual')]).toBe('together');
		expect(sharing[of('pair')]).toBe('alone');
		expect(of('single')).toBe(-1);
	});

	it('do not take an unknown category for one', () => {
		const unknown = {
			...town,
			columns: { ...town.columns, neighbourhood: categories(new Array<string>(300).fill('')) },
		};
		expect(homeFeatures(unknown).features.map(({ key }) => key)).not.toContain('neighbourhood:');
	});

	it('of a single home, and of none, are no error', () => {
		expect(homeFeatures(sliceTable(town, 3, 4)).rows.count).toBe(1);
		expect(homeFeatures(sliceTable(town, 0, 0)).rows.count).toBe(0);
	});

	it('take in the encoder’s embeddings with a mean square of one a home', () => {
		const plain = homeFeatures(town);
		const values = Float32Array.from({ length: 600 }, (_, i) => (i % 7) - 3);
		const looks = withLooks(plain, { width: 2, values });
		expect(looks.rows.width).toBe(plain.rows.width + 2);
		const squares = Array.from({ length: 300 }, (_, row) => readRow(looks, row)).map(
			(own) => (own['looks:0'] ?? 0) ** 2 + (own['looks:1'] ?? 0) ** 2,
		);
		expect(squares.reduce((sum, square) => sum + square / 300, 0)).toBeCloseTo(1, 5);
		expect(() => withLooks(plain, { width: 3, values })).toThrow(RangeError);
	});
});

describe('words of a title', () => {
	it('leave out ratings, which come from reviews', () => {
		expect(titleWords('Loft in Town · ★4.83 · 2 bedrooms · New · Newton flat')).toEqual([
			'loft',
			'loft in',
			'in',
			'in town',
			'town',
			'2 bedrooms',
			'bedrooms',
			'newton',
			'newton flat',
			'flat',
		]);
	});

	it('do not count twice and know other scripts', () => {
		expect(titleWords('Été, été! 海景 flat')).toEqual(['été', '海景', '海景 flat', 'flat']);
	});

	it('weigh as scikit-learn weighs them', () => {
		// TfidfTransformer, smooth_idf: ln((1 + 4) / (1 + 1)) + 1.
		expect(inverseFrequency(4, 1)).toBeCloseTo(1.916290731874155, 12);
		expect(inverseFrequency(4, 4)).toBe(1);
	});

	it('are one length in every title', () => {
		const titled = {
			...town,
			columns: {
				...town.columns,
				title: texts(Array.from({ length: 300 }, (_, row) => (row % 3 ? 'sea view' : 'garden'))),
			},
		};
		const own = readRow(homeFeatures(titled), 0);
		expect(own['words:garden']).toBeCloseTo(1, 6);
	});
});

describe('thresholds', () => {
	it('split values evenly and can be read', () => {
		const values = Array.from({ length: 1000 }, (_, i) => i + 0.5);
		expect(readableThresholds(values, 3)).toEqual([250, 500, 750]);
		expect(readableThresholds([Number.NaN, 5, 5, 5], 3)).toEqual([]);
	});
});

describe('landmarks', () => {
	it('lie far from each other', () => {
		const points = { x: Float64Array.of(0, 0.1, 10, 10.1, 5), y: new Float64Array(5) };
		expect(landmarks(points, 3)).toEqual([0, 3, 4]);
		expect(landmarks(points, 9)).toHaveLength(5);
	});
});
