export { ease, type Ease } from './ease';
export { easeFrom, FittedEase, type EaseMatrices } from './fitted';
export { EASE_DEFAULTS, type EaseParams } from './params';
export { inversionTrial } from './trial';
