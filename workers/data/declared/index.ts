import type { FieldDeclaration } from '$lib/contracts';
import { MODEL_NAMES, MODEL_TABLES } from '$workers/privacy/model-tables';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';
import { MANAGER_FIELDS } from './manager';
import { OWN_FIELDS } from './own';
import { TENANT_FIELDS } from './tenant';

/**
 * The fields of every store, as the code that writes them names them: a table or a column that is
 * missing here does not compile. Loaded when somebody looks at the data map.
 */
export const TABLE_FIELDS: Readonly<Record<TableName, readonly FieldDeclaration[]>> = {
	...TENANT_FIELDS,
	...MANAGER_FIELDS,
	...OWN_FIELDS,
};

/** Parts of the app, beside models and exports, that read a table. */
const PARTS: Readonly<Record<TableName, readonly string[]>> = {
	dim_property: ['search'],
	dictionary: ['search'],
	interaction: ['saved homes', 'list of your acts', 'what was left open', 'how good the list is'],
	interaction_note: ['list of your acts'],
	taste_edit: [],
	seeker: ['every list'],
	saved_search: ['saved searches', 'new matches'],
	dim_managed_property: ['overview', 'features'],
	dim_user: ['features', 'rights', 'release', 'homes for guests', 'packs for tenants'],
	fact_booking_detail: [
		...['overview', 'features', 'rights', 'release'],
		...['homes for guests', 'packs for tenants'],
	],
	fact_booking_daily: [],
	fact_property_engagement: ['features'],
	dim_holiday: [],
	feature_table: ['features'],
	run: ['registry'],
	choice: ['prices', 'overview'],
	model: ['suggestions', 'forecasts'],
	model_pack: ['suggestions', 'catalogue', 'how good the list is'],
	setting: ['every page'],
	consent: ['every read'],
	release: ['release', 'packs for tenants'],
	ledger: ['privacy rooms'],
};

/** Who reads a table: models by their names, then parts of the app, then the export. */
export function readersOf(table: TableName): readonly string[] {
	const models = MODEL_NAMES.filter((model) => MODEL_TABLES[model].includes(table));
	const purposes: readonly string[] = TABLE_RULES[table].purposes;
	return [...models, ...PARTS[table], ...(purposes.includes('export') ? ['your copy'] : [])];
}
