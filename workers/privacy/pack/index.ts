export { boundedChoices, type Choices, MOST_HOMES, UNIT } from './bounded';
export { noised, type Pause } from './noised';
export { varianceOf } from './noise-size';
export { releasedAudit, type ReleasedAudit } from './released-audit';
export { releasedMeans, type ReleasedMeans } from './released-means';
export { OF_HELD_OUT, OF_MEMBERS, scaleOf } from './split';
export { countStatistics, pairStep, type Statistics } from './statistics';
