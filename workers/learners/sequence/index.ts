export { FittedSequence, type SequenceSummary } from './fitted-sequence';
export {
	type SequenceExamples,
	type SequenceEstimator,
	type SequenceParams,
	sequenceModel,
} from './sequence';
export type { Sequences } from './sequences';
