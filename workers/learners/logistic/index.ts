export { type LogisticOptions, logistic, logisticFrom } from './logistic';
