export type {
	FeatureKind,
	HomeFeature,
	HomeFeatureGroup,
	HomeFeatures,
	Sharing,
} from './feature-space';
export { homeFeatures } from './home-features';
export { type Embeddings, withLooks } from './looks';
