export { FittedPopularity } from './fitted-popularity';
export { type DatedInteractions, type PopularityOptions, popularity } from './popularity';
