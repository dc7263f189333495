/** Packs made up for tests. */
import type { PackHeader } from '$lib/contracts';
import type { ModelPack } from '$workers/packs/pack';
import { sparseRows, type SparseRow } from '$workers/table/sparse';

export const packHeader = (change: Partial<PackHeader> = {}): PackHeader => ({
	format: 1,
	place: 'Sample town',
	version: 3,
	madeAt: Date.UTC(2025, 5, 1),
	kind: 'item-weights',
	engine: 'doorstep',
	privacy: { epsilon: 1, unit: 'guest', mechanism: 'discrete-laplace', mostHomes: 8 },
	counts: { guests: 400, stays: 1000, homes: 4 },
	schema: { also: 1, next: 1 },
	metrics: [
		{ name: 'mrr', pack: 0.2, popularity: 0.1, exact: 0.25, guests: 100, standardError: 0.02 },
	],
	audit: { auc: 0.51, low: 0.47, high: 0.55, members: 200, others: 200, attack: 'likelihood' },
	provenance: { source: 'bookings', from: 19_000, to: 20_000, sample: true },
	...change,
});

/** Of each home, what goes with the one after it. */
export function weightsPack(keys: readonly string[], change: Partial<PackHeader> = {}): ModelPack {
	const after = keys.map((_, row): SparseRow => [[(row + 1) % keys.length, 1 / (row + 2)]]);
	const before = keys.map((_, row): SparseRow => [
		[(row + keys.length - 1) % keys.length, -0.5],
		[row, 0.25],
	]);
	return {
		header: packHeader(change),
		keys,
		chosen: Float32Array.from(keys, (_, row) => (row + 1) / (keys.length * (keys.length + 1))),
		also: sparseRows(after, keys.length),
		next: sparseRows(before, keys.length),
		factors: null,
	};
}

export function factorsPack(keys: readonly string[], size = 3): ModelPack {
	return {
		header: packHeader({ kind: 'item-factors', privacy: null, audit: null, metrics: [] }),
		keys,
		chosen: new Float32Array(keys.length),
		also: null,
		next: null,
		factors: {
			size,
			values: Float32Array.from({ length: keys.length * size }, (_, at) => Math.sin(at + 1)),
			unobserved: 0.1,
			penalty: 0.02,
		},
	};
}

export const KEYS = ['sample:1', 'sample:2', 'airbnb:12345678901234567890', 'sample:Über'];
