export { type LinearObservations, type LinearOptions, bayesianLinear } from './bayesian-linear';
export { FittedLinear } from './fitted-linear';
export { type LinearBelief, type LinearPrior, linearPrior } from './prior';
