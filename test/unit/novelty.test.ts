import { describe, expect, it } from 'vitest';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import { familiarityOf, tilt } from '$workers/models/recommender/novelty';
import { sampleTown } from '$workers/sample';
import { values } from '$workers/table/homes';

const NOW = Date.UTC(2026, 10, 22);

describe('how well known homes are', () => {
	it('is the self-information of being chosen, on a scale of the catalogue', () => {
		// With one more for each, the shares are 8/16, 4/16, 2/16, 1/16, 1/16: 1, 2, 3, 4 and 4 bits.
		const { surprise, littleKnown } = familiarityOf([7, 3, 1, 0, Number.NaN]);
		const bits = [1, 2, 3, 4, 4];
		const mean = 14 / 5;
		const deviation = Math.sqrt(bits.reduce((sum, bit) => sum + (bit - mean) ** 2 / 5, 0));
		bits.forEach((bit, i) => expect(surprise[i]).toBeCloseTo((bit - mean) / deviation, 12));
		expect([...littleKnown]).toEqual([0, 0, 1, 1, 1]);
	});

	it('tells nothing apart where all are chosen alike', () => {
		expect([...familiarityOf([5, 5, 5]).surprise]).toEqual([0, 0, 0]);
	});
});

describe('the dial', () => {
	it('in its middle leaves the fits as they are', () => {
		const fits = Float64Array.of(0.3, 0.1, -0.4);
		const before = fits.slice();
		tilt(fits, familiarityOf([9, 3, 0]), 0.5);
		expect(fits).toEqual(before);
	});

	it('at its ends adds or takes the same', () => {
		const [low, middle, high] = [0, 0.5, 1].map((novelty) => {
			const fits = Float64Array.of(0.3, 0.1, -0.4);
			tilt(fits, familiarityOf([9, 3, 0]), novelty);
			return fits;
		});
		middle!.forEach((fit, i) => expect((low![i]! + high![i]!) / 2).toBeCloseTo(fit, 12));
		expect(high![2]).toBeGreaterThan(middle![2]!);
		expect(high![0]).toBeLessThan(middle![0]!);
	});

	it('fills the list with less chosen homes, and leaves every fit true', () => {
		const { homes } = sampleTown({ seed: 'novelty', homes: 1500 });
		const taste = new PersonalTaste(catalogueModel(homes), NOW);
		const saves = [1, 2, 3, 4, 5].map((row): TasteAct => ({
			sequence: row,
			kind: 'save',
			row,
			instant: NOW,
		}));
		taste.observe(saves);
		const lists = [0, 0.25, 0.5, 0.75, 1].map((novelty) =>
			taste.forYou({ count: 24, variety: 0, novelty, now: NOW, seed: 4 }),
		);
		const known = lists.map(({ littleKnown }) => littleKnown);
		expect(known).toEqual([...known].sort((a, b) => a - b));
		expect(known[4]!).toBeGreaterThan(known[0]! + 8);
		const reviews = values(homes, 'reviews');
		const middle = Array.from(reviews, (count) => (count > 0 ? count : 0)).sort(
			(a, b) => a - b,
		)[750]!;
		for (const { homes: list, littleKnown } of lists) {
			const few = list.slice(0, 20).filter(({ row }) => !(reviews[row]! > middle));
			expect(littleKnown).toBe(few.length);
			for (const { fit, row } of list) expect(fit).toBe(taste.fits(NOW)[row]);
		}
	});
});
