export { type Signal, type TasteAct, countingActs, signalOf } from './acts';
export {
	type CatalogueModel,
	type CatalogueModelOptions,
	catalogueModel,
	popularityFits,
} from './catalogue-model';
export { differenceFromScratch } from './check-forgotten';
export { EXPLORED_SHARE } from './exploration';
export { othersFromPack } from './others-from-pack';
export { PersonalTaste, type RankedRow, type RankedRows } from './personal-taste';
export { counterfactualOf, explanationOf, rankedHome } from './properties';
export { type HeadSettings, headSettings } from './settings';
