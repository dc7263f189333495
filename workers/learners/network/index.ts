export { FittedNetwork, networkFrom } from './fitted-network';
export { type NetworkOptions, network } from './network';
export { networkTrial } from './trial';
