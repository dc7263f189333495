import type { InsightModel, WithdrawablePurpose } from '$lib/contracts';
import { MODEL_NAMES, MODEL_TABLES, type ModelName, modelPurpose } from './model-tables';
import type { TableName } from './tables';

/** Tables with rows of guests in them. */
const OF_GUESTS: readonly TableName[] = [
	'dim_user',
	'fact_booking_detail',
	'fact_property_engagement',
];

/** Everything that learns under a purpose; with a table, only what learns from it. */
export const learnersUnder = (
	purpose: WithdrawablePurpose,
	table: TableName | null,
): readonly ModelName[] =>
	MODEL_NAMES.filter(
		(model) => modelPurpose(model) === purpose && (table === null || reads(model, table)),
	);

/** The manager's models among them: those that the registry keeps. */
export const modelsUnder = (
	purpose: WithdrawablePurpose,
	table: TableName | null,
): readonly InsightModel[] => learnersUnder(purpose, table).filter(isInsightModel);

/** The manager's models that learn from rows of guests. */
export const modelsWithGuests = (): readonly InsightModel[] =>
	MODEL_NAMES.filter((model) => OF_GUESTS.some((table) => reads(model, table))).filter(
		isInsightModel,
	);

const reads = (model: ModelName, table: TableName): boolean =>
	(MODEL_TABLES[model] as readonly TableName[]).includes(table);

const isInsightModel = (model: ModelName): model is InsightModel =>
	modelPurpose(model) === 'insight';
