export {
	type CatalogueModel,
	type CatalogueModelOptions,
	catalogueModel,
	popularityFits,
} from './catalogue-model';
export { type HeadSettings, headSettings } from './settings';
