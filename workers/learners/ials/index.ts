export { FittedIals } from './fitted-ials';
export { FoldIn, type FoldInOptions } from './fold-in';
export { type History, historyOf } from './history';
export { type IalsParams, ials } from './ials';
