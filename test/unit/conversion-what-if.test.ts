import { beforeAll, describe, expect, it } from 'vitest';
import { ConversionScorer, trainConversion } from '$workers/models/conversion';
import { sampleBooks } from '$workers/sample';
import { plainRun } from '../conformance/learner';

describe('the chance of a guest and a listing', () => {
	const books = sampleBooks({ seed: 'what-if', managed: 6, guests: 700, years: 1 });
	let scorer: ConversionScorer;
	beforeAll(async () => {
		const trained = await trainConversion(books, plainRun());
		if (!trained.ready) throw new Error('the sample has visits enough');
		scorer = new ConversionScorer(trained.buffer, books);
	}, 60_000);

	it('lies inside its interval', async () => {
		const { chance } = await scorer.chanceOf({ property: 0, guest: -1 });
		expect(chance.low).toBeLessThan(chance.high);
		expect(chance.value).toBeGreaterThanOrEqual(chance.low);
		expect(chance.value).toBeLessThanOrEqual(chance.high);
	});

	it('is the sum of its impacts', async () => {
		const { chance, impacts } = await scorer.chanceOf({ property: 1, guest: 3 });
		expect(impacts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(chance.value, 9);
	});

	it('tells a guest who was here from somebody new', async () => {
		const told = async (guest: number) => {
			const { factors } = await scorer.chanceOf({ property: 0, guest });
			return factors.find(({ feature }) => feature === 'is_repeat')?.value;
		};
		expect(await told(-1)).toBe(0);
		expect(await told(0)).toBe(1);
	});

	it('refuses a model of something else', () => {
		expect(() => new ConversionScorer(new ArrayBuffer(16), books)).toThrow();
	});
});
