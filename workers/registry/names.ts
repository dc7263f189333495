import type { InsightModel } from '$lib/contracts';

/** What each model is registered as. */
export const REGISTERED: Readonly<Record<InsightModel, string>> = {
	revenue: 'revenue_forecaster',
	demand: 'demand_predictor',
	conversion: 'conversion_predictor',
	cancellation: 'cancellation_predictor',
	price: 'pricing_optimizer',
	'lifetime-value': 'customer_ltv',
};

export const INSIGHT_MODELS = Object.keys(REGISTERED) as InsightModel[];

/** The version after these: `1.0`, `1.1` ... Versions of deleted runs are not given again. */
export function nextVersion(given: number): string {
	return `1.${given}`;
}

/** E.g. `revenue_forecaster_v1.2_20260514_gbdt`: what, which, when, how. */
export function artefactName(
	model: InsightModel,
	version: string,
	trainedAt: number,
	learner: string,
): string {
	const day = new Date(trainedAt).toISOString().slice(0, 10).replaceAll('-', '');
	return `${REGISTERED[model]}_v${version}_${day}_${learner.replace(/[^a-z0-9]+/gi, '-')}`;
}
