import type { FeatureStore, FeatureView, InsightModel } from '$lib/contracts';
import type { FeatureDefinition, FeatureTable } from '$workers/features/definitions';
import { ENGAGEMENT_FEATURES, engagementFeatures } from '$workers/features/engagement-features';
import { GUEST_FEATURES, guestFeatures } from '$workers/features/guest-features';
import { PROPERTY_FEATURES, propertyFeatures } from '$workers/features/property-features';
import type { Books } from '$workers/table/bookings';
import { categories, type Column, numbers, texts } from '$workers/table/column';
import type { Matrix, MatrixColumn } from '$workers/table/matrix';
import { type Table, table } from '$workers/table/table';

const BINS = 12;
const MOST_NAMES = 8;

const DEFINITIONS: readonly FeatureDefinition[] = [
	...PROPERTY_FEATURES,
	...GUEST_FEATURES,
	...ENGAGEMENT_FEATURES,
];

/** Which models take a feature is known from the columns that each was trained on. */
export type FeatureUse = readonly {
	readonly model: InsightModel;
	readonly features: readonly string[];
}[];

/** The three feature tables as of the books' day, as the feature store page shows them. */
export function featureStore(
	books: Books,
	used: FeatureUse,
	computedAt: number,
): Omit<FeatureStore, 'imported'> {
	const matrices = matricesOf(books);
	return {
		asOf: books.asOf,
		computedAt,
		features: DEFINITIONS.map((definition) => viewOf(definition, matrices[definition.table], used)),
	};
}

/** A feature table with its keys, ready to be written to a file. */
export function featureTable(books: Books, name: FeatureTable): Table {
	const matrix = matricesOf(books)[name];
	const keys: Record<string, Column> =
		name === 'user_features'
			? { user_id: texts(userKeys(books)) }
			: { property_id: texts([...books.properties.columns.key.values]) };
	return table({
		...keys,
		date: numbers(new Int32Array(matrix.count).fill(books.asOf)),
		...Object.fromEntries(matrix.columns.map((column) => [column.name, plainColumn(column)])),
	});
}

const userKeys = (books: Books): string[] =>
	Array.from(
		guestFeatures(books, books.asOf).guests,
		(guest) => books.guests.columns.key.values[guest] ?? '',
	);

function matricesOf(books: Books): Readonly<Record<FeatureTable, Matrix>> {
	return {
		property_features: propertyFeatures(books, books.asOf).matrix,
		user_features: guestFeatures(books, books.asOf).matrix,
		engagement_features: engagementFeatures(books, books.asOf).matrix,
	};
}

function viewOf(definition: FeatureDefinition, matrix: Matrix, used: FeatureUse): FeatureView {
	const column = matrix.columns.find(({ name }) => name === definition.name);
	if (!column) throw new RangeError(`the feature ${definition.name} is defined and not computed`);
	return {
		...definition,
		version: String(definition.version),
		rows: matrix.count,
		missing: column.values.filter(Number.isNaN).length,
		bins: column.kind === 'number' ? numberBins(column) : categoryBins(column),
		usedBy: used.flatMap(({ features, model }) =>
			features.includes(definition.name) ? model : [],
		),
	};
}

function numberBins({ values }: MatrixColumn): FeatureView['bins'] {
	const known = values.filter(Number.isFinite);
	const from = known.reduce((least, value) => Math.min(least, value), Infinity);
	const to = known.reduce((most, value) => Math.max(most, value), -Infinity);
	const counts = new Array<number>(BINS).fill(0);
	const width = (to - from) / BINS;
	for (const value of known) {
		const bin = width > 0 ? Math.min(BINS - 1, Math.floor((value - from) / width)) : 0;
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return known.length > 0
		? { from, to, counts, names: [] }
		: { from: Number.NaN, to: Number.NaN, counts: [], names: [] };
}

function categoryBins({ levels, values }: MatrixColumn): FeatureView['bins'] {
	const counts = levels.map((name, code) => ({
		name,
		count: values.filter((value) => value === code).length,
	}));
	const usual = counts.sort((a, b) => b.count - a.count).slice(0, MOST_NAMES);
	return {
		from: 0,
		to: usual.length,
		counts: usual.map(({ count }) => count),
		names: usual.map(({ name }) => name),
	};
}

const plainColumn = ({ kind, levels, values }: MatrixColumn) =>
	kind === 'number'
		? numbers(values)
		: categories(Array.from(values, (code) => levels[code] ?? ''));
