/** What `npm run eval -- pack` tells of a small town. */
import { describe, expect, it } from 'vitest';
import { pack } from '../../tools/eval/pack';

interface Figure {
	readonly value: number;
	readonly standardError: number;
}
interface Measured {
	readonly first: { readonly ndcg10: Figure; readonly guests: number };
}
interface Figures {
	readonly popularity: Measured;
	readonly exact: Measured;
	readonly packs: readonly (Measured & { epsilon: number; loss: number; gain: number })[];
}

describe('the evaluation of packs', () => {
	it('tells what the noise costs against a pack without it, and what is left above popularity', async () => {
		const told = await pack.run({ homes: '12', guests: '900', epsilon: '1', draws: '2' });
		const { exact, packs, popularity } = told.figures as unknown as Figures;
		const [own] = packs;
		if (!own) throw new Error('a pack of epsilon 1');
		const of = ({ first }: Measured) => first.ndcg10.value;
		expect(own.loss).toBeCloseTo(of(exact) - of(own), 12);
		expect(own.gain).toBeCloseTo(of(own) - of(popularity), 12);
		expect(of(exact)).toBeGreaterThan(of(popularity));
		// The same guests are asked of all three, each once.
		expect(own.first.guests).toBe(exact.first.guests);
		expect(own.first.guests).toBe(popularity.first.guests);
	});
});
