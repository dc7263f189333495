export { gatesOf, passesAll, passesHard } from './gates';
export { artefactName, INSIGHT_MODELS, nextVersion, REGISTERED } from './names';
export { dueModels, type JobNote, listJobs, NEVER } from './schedule';
export { GateError, promote, register, rollBack, shown } from './stages';
