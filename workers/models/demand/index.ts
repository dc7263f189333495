export { type DemandOptions, trainDemand } from './train';
