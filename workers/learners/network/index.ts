export { FittedNetwork, networkFrom } from './fitted-network';
export { type NetworkEstimator, type NetworkOptions, network } from './network';
export { networkTrial } from './trial';
