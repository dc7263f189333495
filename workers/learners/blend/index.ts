/**
 * Several learners of one table, weighed by their loss on rows that they have not learned from, with
 * categories of many levels encoded out of fold and shares of every score by column.
 */
export {
	type Blend,
	type BlendExamples,
	type BlendSettings,
	type InnerSplit,
	blend,
} from './blend';
export { type BlendPlan, type DriftChoices, FittedBlend, blendFrom } from './fitted-blend';
export { type BlendKind, usualBlend } from './usual';
export {
	type BlendLoss,
	type BlendMember,
	linearMember,
	networkMember,
	plainMember,
	treesMember,
} from './member';
