/** A source of randomness that is handed in, so that the same seed gives the same result. */
export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Uniform integer in [0, below). */
	integer(below: number): number;
	/** Standard normal (Box and Muller 1958). */
	normal(): number;
	/** A stream of its own, named; drawing from it leaves this one as it was. */
	fork(name: string): Random;
}

/**
 * Seeded generator for learning, sampling and tests: sfc32 (Doty-Humphrey, PractRand), 128 bits of
 * state, seeded through an FNV-1a hash. Not for privacy noise.
 */
export function seededRandom(seed: number | string): Random {
	let a = hashText(`${seed}a`);
	let b = hashText(`${seed}b`);
	let c = hashText(`${seed}c`);
	let counter = 1;
	let spare = Number.NaN;

	function next32(): number {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		c |= 0;
		return sum >>> 0;
	}
	for (let warmUp = 0; warmUp < 12; warmUp++) next32();

	const next = () => next32() / 4294967296;
	return {
		next,
		integer: (below) => Math.floor(next() * below),
		normal() {
			if (!Number.isNaN(spare)) {
				const value = spare;
				spare = Number.NaN;
				return value;
			}
			const radius = Math.sqrt(-2 * Math.log(1 - next()));
			const angle = 2 * Math.PI * next();
			spare = radius * Math.sin(angle);
			return radius * Math.cos(angle);
		},
		fork: (name) => seededRandom(`${seed}/${name}`),
	};
}

/** FNV-1a over UTF-16 code units, 32 bits: for seeds and buckets, not for integrity. */
export function hashText(text: string): number {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	return hash >>> 0;
}

/** Shuffles in place (Fisher and Yates) and hands the array back. */
export function shuffle<Values extends { length: number; [index: number]: unknown }>(
	values: Values,
	random: Random,
): Values {
	for (let i = values.length - 1; i > 0; i--) {
		const j = random.integer(i + 1);
		const kept = values[i];
		values[i] = values[j];
		values[j] = kept;
	}
	return values;
}
