export { type Attack, ATTACKS } from './attacks';
export { figuresOf, firstList, laterList, packAndPopularity, type Question } from './figures';
export { type GuestHistory, guestHistories, HELD_OUT_OF, type Histories } from './histories';
export { packScores } from './scores';
export { type CountNoise, type ItemCounts, itemWeights, type ItemWeights } from './weights';
