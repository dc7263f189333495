export { FittedItemKnn, type Neighbours } from './fitted-item-knn';
export { type ItemKnnParams, itemKnn } from './item-knn';
