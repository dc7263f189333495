export { type BootstrapInterval, bootstrapInterval } from './bootstrap';
export { requireDisjoint } from './check';
export * from './classification';
export * from './forecast';
export { type Measured, type RankingCase, type RankingMetrics, RankingEvaluation } from './ranking';
export * from './regression';
export * from './value';
