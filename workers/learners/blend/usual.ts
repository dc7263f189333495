import { type BlendSettings, type InnerSplit } from './blend';
import { type BlendLoss, type BlendMember, linearMember, treesMember } from './member';

/** Which members take part: all of them, or those of one kind. */
export type BlendKind = 'auto' | 'gbdt' | 'logistic';

const TREES = { subsample: 0.6, columnsByNode: 0.4, minChildWeight: 4, lambda: 3 } as const;
/** Beyond so many rows one set of trees says what several learners would, in a fraction of the time. */
const MANY_ROWS = 50_000;

/**
 * What is tried on a table about which nothing is known: trees of several depths, and a linear
 * learner on splines.
 */
export function usualBlend(
	loss: BlendLoss,
	rows: number,
	inner: InnerSplit,
	kind: BlendKind = 'auto',
): BlendSettings {
	const many = rows > MANY_ROWS;
	const trees = many ? manyRows(loss) : fewRows(loss);
	const linear = [linearMember('linear', loss)];
	const all = many ? trees : [...trees, ...linear];
	return { loss, members: { auto: all, gbdt: trees, logistic: linear }[kind], inner };
}

function fewRows(loss: BlendLoss): BlendMember[] {
	const own = { ...TREES, loss, learningRate: 0.05 };
	return [3, 6].map((maxDepth) => treesMember(`trees of depth ${maxDepth}`, { ...own, maxDepth }));
}

function manyRows(loss: BlendLoss): BlendMember[] {
	const own = { ...TREES, loss, subsample: 0.7, minChildWeight: 10, learningRate: 0.1 };
	return [treesMember('trees of depth 6', { ...own, maxDepth: 6 })];
}
