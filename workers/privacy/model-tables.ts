import type { InsightModel } from '$lib/contracts';
import type { TableName } from './tables';

/** Everything on this device that is learned: a manager's models, the listing encoder, the taste. */
export type ModelName = InsightModel | 'listing-encoder' | 'taste';

/**
 * The tables that each model learns from. Where one of them may no longer be read for the model's
 * purpose, or a row of it is forgotten, the model is stale. A test trains each of the manager's models
 * and compares this with what it touched.
 */
export const MODEL_TABLES: Record<ModelName, readonly TableName[]> = {
	revenue: ['dim_managed_property', 'fact_booking_detail', 'dim_holiday'],
	demand: ['dim_managed_property', 'fact_booking_detail', 'dim_holiday'],
	conversion: [
		'dim_managed_property',
		'dim_user',
		'fact_booking_detail',
		'fact_property_engagement',
	],
	cancellation: ['dim_managed_property', 'dim_user', 'fact_booking_detail'],
	price: ['dim_managed_property', 'fact_booking_detail', 'fact_booking_daily', 'dim_holiday'],
	'lifetime-value': ['dim_user', 'fact_booking_detail'],
	'listing-encoder': ['dim_property'],
	taste: ['dim_property', 'interaction', 'taste_edit'],
};

/** The purpose under which each model learns. */
export const modelPurpose = (model: ModelName): 'insight' | 'recommend' =>
	model === 'listing-encoder' || model === 'taste' ? 'recommend' : 'insight';

export const MODEL_NAMES = Object.keys(MODEL_TABLES) as readonly ModelName[];
