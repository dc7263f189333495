export { pipeline, pipelineFrom } from './pipeline';
