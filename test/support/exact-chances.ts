/**
 * The exact distribution of what a sampler draws: it is run once for every way its choices can fall,
 * and the chances of these ways are added up. Chances are fixed-point numbers of 256 bits.
 */
import { ExactNoise, type Rational } from '$workers/privacy/noise/exact-noise';

const BITS = 256n;
export const ONE = 1n << BITS;

const known = new Map<string, bigint>();

/** exp(-rate) by the series of exp(rate): positive terms lose no digits. */
export function expOfMinus({ over, under }: Rational): bigint {
	const key = `${over}/${under}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	let term = ONE << 64n;
	let sum = term;
	for (let n = 1n; term > 0n; n++) {
		term = (term * over) / (under * n);
		sum += term;
	}
	const chance = (ONE * (ONE << 64n)) / sum;
	known.set(key, chance);
	return chance;
}

/** One way that a choice can fall, and its chance. */
interface Way {
	readonly value: bigint;
	readonly chance: bigint;
}

/** Thrown where a run comes to a choice that its script does not have yet. */
class Choice {
	constructor(readonly ways: readonly Way[]) {}
}

/** Which draws are taken as one choice; what is built on them runs as it is written. */
export type Level = 'uniform' | 'unit' | 'exp' | 'laplace';

/** Noise that makes its choices by a script. */
class ScriptedNoise extends ExactNoise {
	private at = 0;

	constructor(
		private readonly script: readonly bigint[],
		private readonly level: Level,
		private readonly reach: bigint,
	) {
		super();
	}

	override below(below: bigint): bigint {
		const ways = Array.from({ length: Number(below) }, (_, i) => ({
			value: BigInt(i),
			chance: ONE / below,
		}));
		return this.choose(ways);
	}

	override bernoulli({ over, under }: Rational): boolean {
		const chance = (ONE * over) / under;
		return (
			this.choose([
				{ value: 1n, chance },
				{ value: 0n, chance: ONE - chance },
			]) === 1n
		);
	}

	override bernoulliExpOfUnit(rate: Rational): boolean {
		return this.level === 'uniform' ? super.bernoulliExpOfUnit(rate) : this.expChoice(rate);
	}

	override bernoulliExp(rate: Rational): boolean {
		const whole = this.level === 'uniform' || this.level === 'unit';
		return whole ? super.bernoulliExp(rate) : this.expChoice(rate);
	}

	override laplace(scale: Rational): bigint {
		if (this.level !== 'laplace') return super.laplace(scale);
		const ways: Way[] = [];
		for (let value = -this.reach; value <= this.reach; value++)
			ways.push({ value, chance: laplaceWeight(scale, value) });
		return this.choose(ways);
	}

	private expChoice(rate: Rational): boolean {
		const chance = expOfMinus(rate);
		return (
			this.choose([
				{ value: 1n, chance },
				{ value: 0n, chance: ONE - chance },
			]) === 1n
		);
	}

	private choose(ways: readonly Way[]): bigint {
		const possible = ways.filter(({ chance }) => chance > 0n);
		if (possible.length === 1) return (possible[0] as Way).value;
		const value = this.script[this.at++];
		if (value === undefined) throw new Choice(possible);
		return value;
	}
}

/**
 * Chances of all results of a draw, as a share of `ONE`. Ways less likely than `least` are left out.
 *
 * @param level the draws that are taken as one choice: proven by a test of their own
 * @param reach how far a Laplace draw is followed, where it is one choice
 */
export function chancesOf<Result>(
	draw: (noise: ExactNoise) => Result,
	level: Level,
	{ least = 1n, reach = 0n }: { least?: bigint; reach?: bigint } = {},
): Map<Result, bigint> {
	const chances = new Map<Result, bigint>();
	const open: { script: readonly bigint[]; chance: bigint }[] = [{ script: [], chance: ONE }];
	for (let next = open.pop(); next; next = open.pop()) {
		const { chance, script } = next;
		try {
			const result = draw(new ScriptedNoise(script, level, reach));
			chances.set(result, (chances.get(result) ?? 0n) + chance);
		} catch (error) {
			if (!(error instanceof Choice)) throw error;
			for (const way of error.ways) {
				const share = (chance * way.chance) / ONE;
				if (share >= least) open.push({ script: [...script, way.value], chance: share });
			}
		}
	}
	return chances;
}

/** exp(-|value| / scale), not divided by the sum. */
export const laplaceWeight = ({ over, under }: Rational, value: bigint): bigint =>
	expOfMinus({ over: (value < 0n ? -value : value) * under, under: over });

/** exp(-value² / (2 variance)), not divided by the sum. */
export const gaussianWeight = ({ over, under }: Rational, value: bigint): bigint =>
	expOfMinus({ over: value * value * under, under: 2n * over });
