export {
	type IsolationForest,
	type IsolationForestSettings,
	isolationForest,
	isolationForestFrom,
} from './isolation-forest';
export { usualDepth } from './isolation-tree';
