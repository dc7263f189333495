import { decodePack, encodePack } from '$workers/packs/pack-file';
import type { ModelPack } from '$workers/packs/pack';
import { newSiteKey } from '$workers/packs/keys';
import { isSignedBy, signPack } from '$workers/packs/sign';
import { seededRandom } from '$workers/math/random';
import type { Measure } from './figure';
import { median } from './timing';

const HOMES = 50_000;
const SIZE = 64;
/** Of each home, so many others: `also` and `next` together stay within the size. */
const NEIGHBOURS = { also: 24, next: 8 };
const ROUNDS = 7;
const MEGABYTES = { atMost: 8 };
const LOADED = { atMost: 300 };

/** A pack of 50,000 homes: its size, and checking and reading it as a device does. */
export const pack: Measure = {
	name: 'pack',
	async run({ say }) {
		say(`${HOMES.toLocaleString('en')} homes, in Node`);
		const { key } = await newSiteKey();
		const figures = [];
		for (const [name, made] of [
			[`${SIZE} factors each`, factors()],
			[`${NEIGHBOURS.also} and ${NEIGHBOURS.next} others each`, weights()],
		] as const) {
			const file = await signPack(encodePack(made), key);
			const times: number[] = [];
			for (let round = 0; round < ROUNDS; round++) {
				const started = performance.now();
				if (!(await isSignedBy(file, key.publicKey)))
					throw new Error('the signature does not hold');
				decodePack(file);
				times.push(performance.now() - started);
			}
			figures.push(
				{ what: `Pack, ${name}`, figure: file.byteLength / 1e6, unit: 'MB', budget: MEGABYTES },
				{
					what: `Pack checked and read, ${name}`,
					figure: median(times),
					unit: 'ms',
					budget: LOADED,
				},
			);
		}
		return figures;
	},
};

const keys = (): string[] =>
	Array.from({ length: HOMES }, (_, row) => `airbnb:${(10n ** 18n + BigInt(row)).toString()}`);

function base(kind: ModelPack['header']['kind']): Omit<ModelPack, 'also' | 'next' | 'factors'> {
	return {
		header: {
			format: 1,
			place: 'Bench',
			version: 1,
			madeAt: 0,
			kind,
			engine: 'bench',
			privacy: null,
			counts: { guests: 0, stays: 0, homes: HOMES },
			schema: {},
			metrics: [],
			audit: null,
			provenance: { source: 'bench', from: 0, to: 0, sample: true },
		},
		keys: keys(),
		chosen: new Float32Array(HOMES).fill(1 / HOMES),
	};
}

function factors(): ModelPack {
	const random = seededRandom('factors');
	const values = Float32Array.from({ length: HOMES * SIZE }, () => random.normal());
	const folding = { size: SIZE, values, unobserved: 0.1, penalty: 0.1 };
	return { ...base('item-factors'), also: null, next: null, factors: folding };
}

function weights(): ModelPack {
	const also = rows(NEIGHBOURS.also, 'also');
	return { ...base('item-weights'), also, next: rows(NEIGHBOURS.next, 'next'), factors: null };
}

function rows(each: number, seed: string): NonNullable<ModelPack['also']> {
	const random = seededRandom(seed);
	return {
		count: HOMES,
		width: HOMES,
		starts: Uint32Array.from({ length: HOMES + 1 }, (_, row) => row * each),
		columns: Uint32Array.from({ length: HOMES * each }, () => random.integer(HOMES)),
		values: Float32Array.from({ length: HOMES * each }, () => random.normal()),
	};
}
