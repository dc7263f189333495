import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { measured } from '$workers/metrics/ranking';
import { itemWeights } from '$workers/models/item-pack';
import { PersonalTaste, catalogueModel, othersFromPack } from '$workers/models/recommender';
import { sampleTown } from '$workers/sample';
import { pairAt } from '$workers/table/pairs';
import { packHeader } from '../support/packs';

const HOMES = 120;
const GROUPS = 6;
const CHOICES = 4;
const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const { homes } = sampleTown({ seed: 'others', homes: HOMES });

const random = seededRandom('others-planted-town');
/** Which homes go together is drawn by lot: nothing in their content tells it. */
const group = Array.from({ length: HOMES }, () => Math.floor(random.next() * GROUPS));
const renown = Array.from({ length: HOMES }, () => random.next() ** 2);

/** Somebody who mostly chooses from one group, and well-known homes sooner. */
function choices(): number[] {
	const own = Math.floor(random.next() * GROUPS);
	const drawn = Array.from({ length: HOMES }, (_, home) => {
		const wanted = (group[home] === own ? 60 : 1) * (0.3 + (renown[home] as number));
		return { home, lot: -Math.log(1 - random.next()) / wanted };
	});
	return drawn
		.sort((a, b) => a.lot - b.lot)
		.slice(0, CHOICES)
		.map(({ home }) => home);
}

function packOf(people: readonly (readonly number[])[]) {
	const chosen = new Float64Array(HOMES);
	const also = new Float64Array(pairAt(HOMES - 1, HOMES - 2) + 1);
	const next = new Float64Array(HOMES * HOMES);
	const count = (cells: Float64Array, at: number) => (cells[at] = (cells[at] as number) + 1);
	for (const person of people)
		person.forEach((home, i) => {
			count(chosen, home);
			for (const other of person.slice(0, i)) count(also, pairAt(home, other));
			if (i > 0) count(next, (person[i - 1] as number) * HOMES + home);
		});
	const noise = { chosen: 0, also: 0, next: 0, unit: 1, pair: 1 };
	return {
		header: packHeader(),
		keys: homes.columns.key.values,
		factors: null,
		...itemWeights({ homes: HOMES, chosen, also, next }, noise),
	};
}

const others = othersFromPack(
	packOf(Array.from({ length: 1500 }, choices)),
	homes.columns.key.values,
);
const model = catalogueModel(homes);

function fitsOf(taste: PersonalTaste, history: readonly number[]): Float64Array {
	taste.observe(
		history.map((row, i) => ({
			sequence: i + 1,
			kind: 'enquire',
			row,
			instant: NOW - (history.length - i) * DAY,
		})),
	);
	return taste.fits(NOW);
}

function reciprocalPlace(fits: Float64Array, history: readonly number[], held: number): number {
	const own = fits[held] as number;
	return 1 / (1 + fits.filter((fit, home) => fit > own && !history.includes(home)).length);
}

describe('in a town where who chose what tells more than what homes are like', () => {
	const asked = Array.from({ length: 300 }, () => choices());
	const places = asked.map((person) => {
		const history = person.slice(0, -1);
		const held = person.at(-1) as number;
		const place = (fits: Float64Array) => reciprocalPlace(fits, history, held);
		return {
			blend: place(fitsOf(new PersonalTaste(model, NOW, others), history)),
			content: place(fitsOf(new PersonalTaste(model, NOW), history)),
			popularity: place(others.fits([])),
		};
	});

	it.each(['content', 'popularity'] as const)(
		'the blend finds the next home before %s does',
		(name) => {
			const { mean, standardError } = measured(places.map((place) => place.blend - place[name]));
			expect(mean).toBeGreaterThan(3 * standardError);
		},
	);
});
