import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '$workers/device/device';
import { ease, type FittedEase } from '$workers/learners/ease';
import { gramOf } from '$workers/learners/ease/gram';
import { invert } from '$workers/learners/ease/inverse';
import type { Interactions } from '$workers/learners/interactions';
import { seededRandom } from '$workers/math/random';
import { sparseRows } from '$workers/table/sparse';
import { openInversionDevice } from '../eval/inversion-device';
import { readItemRows } from '../eval/item-rows';
import type { Figure, Measure } from './figure';
import { median, takeTurns, timed } from './timing';

const MOVIELENS = '../shared/data/movielens-1m-lightgcn-split';
const ITEMS = 3500;
const RIDGE = 500;
const ROUNDS = 3;
const ACTS = 31;
/** Of our time to that of NumPy's `linalg.inv`. */
const RATIO_BUDGET = { atMost: 3 };
const FOLD_IN_BUDGET = { atMost: 5 };

/** Inverting the Gram matrix of 3,500 items on WebAssembly, in turns with LAPACK; then one act more. */
export const easeMeasure: Measure = {
	name: 'ease',
	async run({ say }) {
		const people = firstItems(readPeople(say), ITEMS);
		const device = await openInversionDevice();
		try {
			const inversion = await measureInversion(people, device, say);
			const model = await ease({ ridge: RIDGE, dropout: 0.5 }, device).fit(people, quietRun());
			return [...inversion, ...(await measureActs(model, people))];
		} finally {
			device.close();
		}
	},
};

async function measureInversion(
	people: Interactions,
	device: Device,
	say: (words: string) => void,
): Promise<Figure[]> {
	const { values } = await gramOf(people, 0, async () => undefined);
	for (let item = 0; item < ITEMS; item++)
		values[item * (ITEMS + 1)] = (values[item * (ITEMS + 1)] as number) + RIDGE;
	let inverse: Float32Array = new Float32Array();
	let longest = 0;
	const ours = () =>
		device.use(async (session) => {
			let last = performance.now();
			const breathe = async () => {
				const now = performance.now();
				longest = Math.max(longest, now - last);
				last = now;
			};
			inverse = await invert(values, ITEMS, session, breathe);
			await breathe();
		});
	const what = `the inverse of ${ITEMS} items`;
	const rival = startNumpy(values);
	if (!rival) {
		say('no python3 here imports numpy: ours is measured alone');
		const times = await takeTurns(ROUNDS, { ours });
		return [
			{ what: `${what}: ours on WASM`, figure: median(times.ours) / 1000, unit: 's' },
			{ what: `${what}: no NumPy here to compare`, figure: NaN, unit: '' },
		];
	}
	try {
		const theirs: number[] = [];
		const their = () => theirs.push(rival.invert());
		const times = await takeTurns(ROUNDS, { ours, their });
		const seconds = median(times.ours) / 1000;
		const rivalSeconds = median(theirs.slice(1));
		say(`NumPy computes with ${rival.library}`);
		return [
			{ what: `${what}: ours on WASM, one thread`, figure: seconds, unit: 's' },
			{ what: `${what}: NumPy, float64, ${rival.library}`, figure: rivalSeconds, unit: 's' },
			{ what: `${what}: ratio`, figure: seconds / rivalSeconds, unit: '×', budget: RATIO_BUDGET },
			{
				what: `${what}: largest difference from NumPy's, of its largest value`,
				figure: rival.difference(inverse) * 1e6,
				unit: 'millionths',
			},
			{ what: `${what}: longest piece between two breaths`, figure: longest, unit: 'ms' },
		];
	} finally {
		rival.close();
	}
}

/** A person's own act, and one act of somebody else taken out of the model. */
async function measureActs(model: FittedEase, people: Interactions): Promise<Figure[]> {
	const scores = await model.scores({ ...people, count: 1 });
	const folding: number[] = [];
	for (let act = 0; act <= ACTS; act++)
		folding.push(await timed(() => model.addAct(scores, (act * 97) % ITEMS)));
	const person = { ...people, count: 1 };
	const forgetting = await timed(() => model.forget(person));
	return [
		{
			what: `one act folded into the scores of ${ITEMS} items`,
			figure: median(folding.slice(1)),
			unit: 'ms',
			budget: FOLD_IN_BUDGET,
		},
		{
			what: `a person of ${people.starts[1]} acts forgotten, with dropout`,
			figure: forgetting,
			unit: 'ms',
		},
	];
}

/** MovieLens-1M where it is there, else a drawn one of its size. */
function readPeople(say: (words: string) => void): Interactions {
	const path = (name: string) => join(MOVIELENS, `${name}.txt.gz`);
	if (existsSync(path('train')))
		return readItemRows({ train: path('train'), valid: path('valid'), test: path('test') }).train;
	say('MovieLens-1M is not there: people are drawn');
	const random = seededRandom('people');
	const rows = Array.from({ length: 6000 }, () => {
		const own = new Set<number>();
		const acts = 20 + Math.floor(160 * random.next() ** 2);
		while (own.size < acts) own.add(Math.floor(ITEMS * random.next() ** 2));
		return [...own].map((item) => [item, 1] as const);
	});
	return sparseRows(rows, ITEMS);
}

function firstItems({ count, starts, columns, values }: Interactions, items: number): Interactions {
	const rows = Array.from({ length: count }, (_, row) =>
		Array.from(columns.subarray(starts[row], starts[row + 1]), (item, i) => {
			return [item, values[(starts[row] as number) + i] as number] as const;
		}).filter(([item]) => item < items),
	);
	return sparseRows(rows, items);
}

const quietRun = () => ({
	random: seededRandom(1),
	cancelled: () => false,
	onProgress: () => undefined,
});

const SCRIPT = `
import json, os, sys, time
import numpy as np
folder, items = sys.argv[1], int(sys.argv[2])
gram = np.fromfile(os.path.join(folder, 'gram'), np.float32).reshape(items, items).astype(np.float64)
started = time.perf_counter()
inverse = np.linalg.inv(gram)
seconds = time.perf_counter() - started
inverse.astype(np.float32).tofile(os.path.join(folder, 'inverse'))
maps = open('/proc/self/maps').read().lower() if os.path.exists('/proc/self/maps') else ''
known = {'openblas': 'OpenBLAS', 'mkl': 'MKL', 'blis': 'BLIS', 'atlas': 'ATLAS', 'libblas': 'the reference BLAS'}
library = next((name for part, name in known.items() if part in maps), 'an unknown BLAS')
print(json.dumps(dict(seconds=seconds, library=library)))
`;

interface Numpy {
	readonly library: string;
	/** Seconds of the inversion alone. */
	invert(): number;
	/** The largest difference of its last inverse from this one, relative to its largest value. */
	difference(inverse: Float32Array): number;
	close(): void;
}

function startNumpy(gram: Float32Array): Numpy | undefined {
	const python = ['python3', '/usr/bin/python3'].find(
		(path) => spawnSync(path, ['-c', 'import numpy']).status === 0,
	);
	if (!python) return undefined;
	const folder = mkdtempSync(join(tmpdir(), 'bench-ease-'));
	writeFileSync(join(folder, 'gram'), new Uint8Array(gram.buffer));
	let library = '';
	return {
		get library() {
			return library;
		},
		invert() {
			const told = JSON.parse(
				execFileSync(python, ['-c', SCRIPT, folder, String(ITEMS)], { encoding: 'utf8' }),
			) as { readonly seconds: number; readonly library: string };
			library = told.library;
			return told.seconds;
		},
		difference(inverse) {
			const { buffer } = new Uint8Array(readFileSync(join(folder, 'inverse')));
			const expected = new Float32Array(buffer);
			let difference = 0;
			let largest = 0;
			expected.forEach((value, i) => {
				difference = Math.max(difference, Math.abs(value - (inverse[i] as number)));
				largest = Math.max(largest, Math.abs(value));
			});
			return difference / largest;
		},
		close: () => rmSync(folder, { recursive: true }),
	};
}
