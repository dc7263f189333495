import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDevice } from '$workers/device/device';
import {
	type BlendKind,
	type BlendLoss,
	type BlendSettings,
	type InnerSplit,
	networkMember,
	plainMember,
	usualBlend,
} from '$workers/learners/blend';
import { network, networkTrial } from '$workers/learners/network';
import { seededRandom } from '$workers/math/random';
import { EvaluationError } from './evaluation';

const PLAIN = { svm: 'linear-svm', tree: 'decision-tree', forest: 'random-forest' } as const;
type PlainKind = keyof typeof PLAIN;

export type LearnerKind = BlendKind | 'network' | PlainKind;

const KINDS: readonly string[] = [
	...(['auto', 'gbdt', 'logistic', 'network'] satisfies LearnerKind[]),
	...Object.keys(PLAIN),
];

const isPlain = (kind: LearnerKind): kind is PlainKind => Object.hasOwn(PLAIN, kind);

export function readLearner(text = 'auto'): LearnerKind {
	if (!KINDS.includes(text)) throw new EvaluationError(`--learner is one of ${KINDS.join(', ')}`);
	return text as LearnerKind;
}

/** Settings of the blend that is asked for, by the rows that it will learn from; closed after use. */
export async function openLearner(kind: LearnerKind, loss: BlendLoss) {
	if (isPlain(kind)) return plainLearner(kind, loss);
	if (kind !== 'network')
		return {
			settings: (rows: number, inner: InnerSplit) => usualBlend(loss, rows, inner, kind),
			close: () => undefined,
		};
	const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
	const device = await openDevice({
		trial: networkTrial({ columns: 40, hidden: [64, 32] }, 128, seededRandom('trial')),
		wasmUrls: {
			plain: join(files, 'tfjs-backend-wasm.wasm'),
			simd: join(files, 'tfjs-backend-wasm-simd.wasm'),
		},
		prefer: 'wasm',
		now: () => performance.now(),
	});
	const task = loss === 'logistic' ? 'classes' : 'values';
	const member = networkMember('network', network({ task }, device));
	return {
		settings: (_: number, inner: InnerSplit): BlendSettings => ({ loss, members: [member], inner }),
		close: () => device.close(),
	};
}

function plainLearner(kind: PlainKind, loss: BlendLoss) {
	if (kind === 'svm' && loss !== 'logistic')
		throw new EvaluationError('--learner svm tells classes apart: take another one for numbers');
	const member = plainMember(PLAIN[kind], loss);
	return {
		settings: (_: number, inner: InnerSplit): BlendSettings => ({ loss, members: [member], inner }),
		close: () => undefined,
	};
}
