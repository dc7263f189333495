export { type Measured, type RankingCase, type RankingMetrics, RankingEvaluation } from './ranking';
