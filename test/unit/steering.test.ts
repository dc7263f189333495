import { describe, expect, test } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { steeringOf, type SteeringQuestion } from '$workers/models/recommender/steering';

/** Four neighbourhoods of a hundred homes each, mixed. */
const HOMES = 400;
const AREAS = ['Harbour', 'Hill', 'Mill', 'Park'];
const neighbourhoods = Uint16Array.from({ length: HOMES }, (_, row) => row % AREAS.length);
const NONE = new Float64Array(HOMES);

const question = (change: Partial<SteeringQuestion>): SteeringQuestion => {
	const own = change.own ?? NONE;
	const parts = change.parts ?? { popularity: NONE, others: NONE };
	const fits = own.map(
		(fit, row) => fit + (parts.popularity[row] as number) + (parts.others[row] as number),
	);
	return {
		neighbourhoods,
		names: AREAS,
		own,
		parts,
		hidden: new Set(),
		list: Array.from(topPlaces(fits, 100)),
		noise: 0.2,
		acts: 5,
		...change,
	};
};

/** So much for homes of one neighbourhood, and a little of chance for all. */
const towards = (area: number, gain: number, seed: string) => {
	const random = seededRandom(seed);
	return Float64Array.from(neighbourhoods, (of) => (of === area ? gain : 0) + random.normal() / 10);
};
const verdicts = (change: Partial<SteeringQuestion>, seed = 'steering') =>
	Object.fromEntries(
		steeringOf(question(change), seededRandom(seed)).areas.map((area) => [area.name, area.verdict]),
	);

describe('steering', () => {
	test('a list that is what was asked for is told so, even where it leans to one area', () => {
		const own = towards(1, 1, 'asked');
		const { areas, apart, chance } = steeringOf(question({ own }), seededRandom('lists'));
		expect(areas.map(({ verdict }) => verdict)).toEqual(AREAS.map(() => 'as-asked'));
		expect(areas.find(({ name }) => name === 'Hill')?.asked).toBeGreaterThan(0.9);
		expect(apart).toBeLessThanOrEqual(chance);
	});

	test('an area that popularity alone brings up is favoured, and the others are avoided', () => {
		const parts = { popularity: towards(2, 1, 'popular'), others: NONE };
		const { areas, apart, chance } = steeringOf(question({ parts }), seededRandom('lists'));
		const told = new Map(areas.map((area) => [area.name, area]));
		expect(told.get('Mill')).toMatchObject({ verdict: 'favoured', because: 'popularity' });
		expect(told.get('Park')).toMatchObject({ verdict: 'avoided', because: 'popularity' });
		expect(apart).toBeGreaterThan(chance);
	});

	test('what others teach is named where it is what moved the list', () => {
		const parts = { popularity: towards(0, 0, 'no matter'), others: towards(3, 1, 'others') };
		const { areas } = steeringOf(question({ parts }), seededRandom('lists'));
		expect(areas.find(({ name }) => name === 'Park')).toMatchObject({
			verdict: 'favoured',
			because: 'others',
		});
	});

	test('a list that leaves out an area without any reason is caught', () => {
		const list = [...neighbourhoods.keys()].filter((row) => row % 4 !== 0).slice(0, 100);
		expect(verdicts({ list }).Harbour).toBe('avoided');
		const told = steeringOf(question({ list }), seededRandom('lists'));
		expect(told.areas.find(({ name }) => name === 'Harbour')?.because).toBe('order');
	});

	test('of a hundred lists by chance about five are called steered', () => {
		const called = Array.from({ length: 100 }, (_, seed) => {
			const random = seededRandom(`chance/${seed}`);
			const drawn = Float64Array.from({ length: HOMES }, () => random.normal());
			const list = Array.from(topPlaces(drawn, 100));
			return Object.values(verdicts({ list }, `draws/${seed}`));
		}).filter((told) => told.some((verdict) => verdict !== 'as-asked'));
		// Three standard deviations of 100 at 5 in 100 are 6.5.
		expect(called.length).toBeLessThan(12);
	});

	test('shares of all, of asked and of the list each add up to one, hidden homes left out', () => {
		const hidden = new Set([0, 4, 8, 12]);
		const { areas } = steeringOf(question({ hidden }), seededRandom('lists'));
		for (const share of ['all', 'asked', 'list'] as const)
			expect(areas.reduce((sum, area) => sum + area[share], 0)).toBeCloseTo(1, 12);
		expect(areas.reduce((sum, { homes }) => sum + homes, 0)).toBe(HOMES - hidden.size);
	});
});
