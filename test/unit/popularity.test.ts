import { describe, expect, it } from 'vitest';
import { type DatedInteractions, popularity } from '$workers/learners/popularity';
import { sparseRows } from '$workers/table/sparse';
import { plainRun } from '../conformance/learner';

/** Item by item the days on which somebody chose it, once each. */
function chosenOn(...items: readonly (readonly number[])[]): DatedInteractions {
	const choices = items.flatMap((days, item) => days.map((day) => ({ item, day })));
	return {
		interactions: sparseRows(
			choices.map(({ item }) => [[item, 1]]),
			items.length,
		),
		days: Float64Array.from(choices, ({ day }) => day),
	};
}

const fit = (train: DatedInteractions, halfLifeDays = 30, asOf = 100) =>
	popularity({ halfLifeDays, asOf }).fit(train, plainRun());

describe('popularity', () => {
	it('halves what is a half-life old', async () => {
		const fitted = await fit(chosenOn([100], [70], [40], [70, 70], []));
		expect([...fitted.scoresOf()]).toEqual([1, 0.5, 0.25, 1, 0]);
	});

	it('is the same whether time passes at once or day by day', async () => {
		const train = chosenOn([93], [17, 99], [100]);
		const atOnce = await fit(train);
		const dayByDay = await fit(train);
		atOnce.advance(131);
		for (let day = 101; day <= 131; day++) dayByDay.advance(day);
		expect(dayByDay.toBuffer()).toEqual(atOnce.toBuffer());
		const late = await fit(train, 30, 131);
		atOnce
			.scoresOf()
			.forEach((score, item) => expect(score).toBeCloseTo(late.scoresOf()[item]!, 6));
	});

	it('leaves exactly nothing of an item whose last choice is forgotten', async () => {
		const fitted = await fit(chosenOn([99.9, 3.3, 77.7], [5]));
		fitted.forget(chosenOn([3.3], []));
		fitted.forget(chosenOn([77.7, 99.9], []));
		expect(fitted.scoresOf()[0]).toBe(0);
		expect(fitted.scoresOf()[1]).toBeGreaterThan(0);
	});

	it('counts on over thousands of half-lives', async () => {
		const fitted = await fit(chosenOn([100], [100]), 1, 100);
		fitted.update(chosenOn([5000], [4999]));
		fitted.advance(5000);
		expect([...fitted.scoresOf()]).toEqual([1, 0.5]);
	});

	it('loses nothing when its sums are brought down', async () => {
		const fitted = await fit(chosenOn([97, 100], [700]), 1, 100);
		fitted.forget(chosenOn([], [700]));
		fitted.advance(100);
		expect([...fitted.scoresOf()]).toEqual([1.125, 0]);
	});

	it('refuses interactions without a day', async () => {
		const { interactions } = chosenOn([1], [2]);
		await expect(fit({ interactions, days: new Float64Array(1) })).rejects.toThrow(RangeError);
	});
});
