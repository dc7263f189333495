import { describe, expect, it } from 'vitest';
import { categories, texts } from '$workers/table/column';
import { table } from '$workers/table/table';
import { titlesOf } from '$workers/table/titles';

const titled = (homes: readonly (readonly [title: string, place: string])[]): string[] =>
	titlesOf({
		properties: table({
			title: texts(homes.map(([title]) => title)),
			destination: categories(homes.map(([, place]) => place)),
		}),
	});

describe('what properties are called', () => {
	it('is their title where there is no other like it', () => {
		expect(titled([['Mill Lane 12', 'Harbour']])).toEqual(['Mill Lane 12']);
	});

	it('has the place beside it where a title repeats', () => {
		expect(
			titled([
				['Studio', 'Harbour'],
				['Studio', 'Hill'],
				['Mill Lane 12', 'Hill'],
			]),
		).toEqual(['Studio, Harbour', 'Studio, Hill', 'Mill Lane 12']);
	});

	it('has a number where title and place repeat, or no place is known', () => {
		expect(
			titled([
				['Studio', 'Harbour'],
				['Studio', 'Harbour'],
				['Loft', ''],
				['Loft', ''],
			]),
		).toEqual(['Studio, Harbour (1)', 'Studio, Harbour (2)', 'Loft (1)', 'Loft (2)']);
	});
});
