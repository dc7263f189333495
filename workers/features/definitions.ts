/** The three tables of the feature store (`docs/architecture.md`). */
export type FeatureTable = 'property_features' | 'user_features' | 'engagement_features';

/** What a feature is, where it comes from, and up to when: what the catalogue of features shows. */
export interface FeatureDefinition {
	readonly name: string;
	readonly table: FeatureTable;
	/** One sentence, with its unit. */
	readonly description: string;
	/** Columns that it is computed from, as `table.column`. */
	readonly sources: readonly string[];
	/** Column that tells when a row became known; nothing later than the day asked for is read. */
	readonly timestamp: string;
	readonly freshness: 'daily' | 'hourly';
	/** Goes up when the feature means something else. */
	readonly version: number;
}
