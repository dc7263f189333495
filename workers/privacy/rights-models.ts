import type { Unlearned } from '$lib/contracts';
import { MODEL_NAMES, MODEL_TABLES, type ModelName } from './model-tables';
import type { TableName } from './tables';

/** Rows that went, by table. */
export type Removed = readonly { readonly table: TableName; readonly rows: number }[];

/** The models that learned from a table of which rows went. */
export function modelsOf(removed: Removed): ModelName[] {
	const gone = new Set(removed.flatMap(({ rows, table }) => (rows > 0 ? table : [])));
	return MODEL_NAMES.filter((model) => MODEL_TABLES[model].some((table) => gone.has(table)));
}

/** The manager's models among them. */
export const insightModelsOf = (removed: Removed) =>
	modelsOf(removed).filter((model) => model !== 'listing-encoder' && model !== 'taste');

/**
 * What becomes of each model that stands on this device when rows go: trained anew without them, or
 * untouched as it never saw them.
 *
 * @param standing models of which a version is kept
 */
export function unlearnedBy(removed: Removed, standing: readonly ModelName[]): Unlearned[] {
	const hit = new Set(modelsOf(removed));
	return standing.map((model) =>
		hit.has(model)
			? { model, method: 'replay', difference: Number.NaN, waiting: true }
			: { model, method: 'never-saw', difference: 0, waiting: false },
	);
}
