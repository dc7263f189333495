import { seededRandom } from '$workers/math/random';
import type { Others, OwnStay } from '$workers/models/recommender/others';

/** Strongest for what was wanted last: tells that the order of a history is heard. */
const NEXT_FADES = 0.5;

/** What others teach of so many homes, drawn at random: every tenth home is unknown to it. */
export function handMadeOthers(count: number, seed: string, version = 3): Others {
	const random = seededRandom(seed);
	const known = Uint8Array.from({ length: count }, (_, row) => (row % 10 === 9 ? 0 : 1));
	const base = Float64Array.from(known, (is) => is * 0.3 * random.next());
	const also = Float64Array.from({ length: count * count }, () =>
		random.next() < 0.05 ? 0.4 * random.next() : 0,
	);
	const next = Float64Array.from({ length: count * count }, () =>
		random.next() < 0.02 ? 0.3 * random.next() : 0,
	);
	const shares = (history: readonly OwnStay[], row: number) => {
		const is = known[row] ?? 0;
		const part = (table: Float64Array, { row: from }: OwnStay) =>
			from === row ? 0 : is * (known[from] ?? 0) * (table[from * count + row] ?? 0);
		return {
			base: base[row] ?? 0,
			also: Float64Array.from(history, (stay) => stay.weight * part(also, stay)),
			next: Float64Array.from(
				history,
				(stay, i) => NEXT_FADES ** (history.length - 1 - i) * part(next, stay),
			),
		};
	};
	return {
		version,
		known,
		shares,
		fits: (history) =>
			Float64Array.from(known, (_, row) => {
				const { base: own, also: together, next: after } = shares(history, row);
				return [...together, ...after].reduce((sum, share) => sum + share, own);
			}),
	};
}
