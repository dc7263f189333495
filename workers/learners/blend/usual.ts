import { type BlendSettings, type InnerSplit } from './blend';
import { type BlendLoss, type BlendMember, linearMember, treesMember } from './member';

/** Which members take part: all of them, or those of one kind. */
export type BlendKind = 'auto' | 'gbdt' | 'logistic';

const TREES = { subsample: 0.6, columnsByNode: 0.4, minChildWeight: 4, lambda: 3 } as const;
/** Beyond so many rows noise is small, and shallow or slowly grown trees cost more than they give. */
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
	const trees = rows > MANY_ROWS ? manyRows(loss) : fewRows(loss);
	const linear = [linearMember('linear', loss)];
	const members = { auto: [...trees, ...linear], gbdt: trees, logistic: linear }[kind];
	return { loss, members, inner };
}

function fewRows(loss: BlendLoss): BlendMember[] {
	const own = { ...TREES, loss, learningRate: 0.04 };
	return [3, 5, 7].map((maxDepth) =>
		treesMember(`trees of depth ${maxDepth}`, { ...own, maxDepth }),
	);
}

function manyRows(loss: BlendLoss): BlendMember[] {
	const own = { ...TREES, loss, subsample: 0.7, minChildWeight: 10 };
	return [
		treesMember('trees of depth 6', { ...own, learningRate: 0.1, maxDepth: 6 }),
		treesMember('trees of depth 8', { ...own, learningRate: 0.05, maxDepth: 8 }),
	];
}
