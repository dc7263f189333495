/**
 * Gradient-boosted trees on histograms, as of XGBoost (`hist`) and LightGBM: regression, chances,
 * counts, amounts and quantiles from number and category columns with missing values; exact shares
 * of every score.
 *
 *     const fitted = await boostedTrees({ loss: 'logistic', rounds: 300 }).fit(examples, run);
 *     const { values } = await fitted.predict(rows);         // chances
 *     const shares = await fitted.explain(rows);             // sum to the scores
 *     const again = boostedTreesFrom(fitted.toBuffer());
 */
export {
	type BoostedExamples,
	type BoostedRun,
	type BoostedTrees,
	boostedTrees,
	boostedTreesFrom,
} from './boosted-trees';
export { FittedTrees } from './fitted-trees';
export { meanAbsoluteShares } from './importance';
export { type LossName, type LossSettings } from './loss';
export { type BoostedTreesSettings, type TreeSettings } from './settings';
