import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActKind, RememberedAct } from '$lib/contracts';
import { catalogueModel, PersonalTaste, type TasteAct } from '$workers/models/recommender';
import { discover, type DiscoverSources, similarHomes } from '$workers/models/recommender/discover';
import { inOrderAt } from '$workers/models/recommender/discover/in-order';
import { Likeness } from '$workers/models/recommender/discover/likeness';
import { resumeOf } from '$workers/models/recommender/discover/resume';
import { wantedHomes } from '$workers/models/recommender/discover/trail';
import type { Others } from '$workers/models/recommender/others';
import { othersFromPack } from '$workers/models/recommender/others-from-pack';
import { sampleTown } from '$workers/sample';
import { nameAt } from '$workers/table/column';
import { rowDot, sparseRows } from '$workers/table/sparse';
import { packHeader } from '../support/packs';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const homes = sampleTown({ seed: 'discover', homes: 800 }).homes;
const model = catalogueModel(homes);
/** Numbers that are not rows, so that one taken for the other shows. */
const properties = Uint32Array.from({ length: homes.count }, (_, row) => 5_000 + row);
const rowOf = new Map(Array.from(properties, (property, row) => [property, row]));
const numberOf = (row: number) => properties[row] as number;
const neighbourhoodOf = (row: number) => nameAt(homes.columns.neighbourhood, row);

let sequence = 0;
const act = (
	kind: ActKind,
	row: number,
	instant = NOW - HOUR,
	more: Partial<RememberedAct> = {},
): RememberedAct => ({
	sequence: ++sequence,
	session: 1,
	seeker: 0,
	consent: true,
	kind,
	property: row < 0 ? 0 : numberOf(row),
	instant,
	channel: 'for-you',
	...more,
});

/** A person who did these acts, as the worker holds them. */
function person(
	acts: readonly RememberedAct[],
	others?: Others,
	settled: Iterable<number> = [],
): DiscoverSources {
	const taste = new PersonalTaste(model, NOW, others ?? null);
	taste.observe(
		acts
			.filter(({ property }) => property !== 0)
			.map((one): TasteAct => ({ ...one, row: rowOf.get(one.property) as number })),
	);
	return { homes, properties, rowOf, taste, settled: new Set(settled) };
}

const request = { now: NOW, seed: 1, visit: NOW, listed: [], guides: [] };
const inPlace = (name: string) =>
	[...properties.keys()].filter((row) => neighbourhoodOf(row) === name);

describe('homes that are alike', () => {
	const likeness = new Likeness(model);

	it('are so by the cosine of their weighted features around the average home', () => {
		const { features, prior, settings } = model;
		const scales = features.kinds.map((kind) => settings.deviations[kind]);
		const centred = (row: number) =>
			scales.map((scale, column) => {
				const pick = new Float64Array(scales.length);
				pick[column] = 1;
				return scale * (rowDot(features.rows, row, pick) - (prior.means[column] as number));
			});
		const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
		const all = likeness.toAll(7);
		for (const row of [7, 8, 400]) {
			const [a, b] = [centred(7), centred(row)];
			expect(all[row]).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 9);
		}
	});

	it('share what is named, one of each kind beside amenities, and not the least usual of all alone', () => {
		const [near] = likeness.nearest(7).rows;
		const shared = likeness.shared(7, near as number);
		expect(shared.length).toBeGreaterThan(0);
		const columnsOf = (row: number) => {
			const { columns, starts } = model.features.rows;
			return new Set(columns.subarray(starts[row], starts[row + 1]));
		};
		for (const { key } of shared) {
			const column = model.named.get(key)?.column as number;
			expect(columnsOf(7).has(column) && columnsOf(near as number).has(column)).toBe(true);
		}
		const kinds = shared.map(({ group }) => group).filter((group) => group !== 'amenity');
		expect(new Set(kinds).size).toBe(kinds.length);
	});

	it('are neither the home itself, nor its twins by title, nor dismissed ones', () => {
		const sources = person([]);
		const first = similarHomes(sources, numberOf(7), new Set(), NOW);
		const gone = first[0]!.property;
		const without = similarHomes(sources, numberOf(7), new Set([gone]), NOW);
		const titles = without.map(({ property }) => homes.columns.title.values[rowOf.get(property)!]);
		expect(without.map(({ property }) => property)).not.toContain(gone);
		expect(without.map(({ property }) => property)).not.toContain(numberOf(7));
		expect(new Set(titles).size).toBe(titles.length);
		expect(titles).not.toContain(homes.columns.title.values[7]);
	});

	it('are none of a home that is not in the catalogue', () => {
		expect(similarHomes(person([]), 3, new Set(), NOW)).toEqual([]);
	});

	it('begin with what others chose beside it, where a pack knows', () => {
		const sources = person([], packOf({ also: [[7, 700, 1]] }));
		const plain = similarHomes(person([]), numberOf(7), new Set(), NOW);
		expect(plain.map(({ property }) => property)).not.toContain(numberOf(700));
		const alike = similarHomes(sources, numberOf(7), new Set(), NOW);
		const told = alike.find(({ property }) => property === numberOf(700));
		expect(told?.also).toBe(true);
		expect(alike.filter(({ also }) => also)).toHaveLength(1);
	});
});

describe('because you saved one', () => {
	const place = neighbourhoodOf(0);
	const [first, second, third, fourth] = inPlace(place) as [number, number, number, number];
	const acts = [
		act('save', first, NOW - 4 * HOUR),
		act('save', second, NOW - 3 * HOUR),
		act('enquire', third, NOW - 2 * HOUR),
		act('save', fourth, NOW - HOUR),
	];

	it('follows the newest three, newest first, with homes that fit better than the average one', () => {
		const sources = person(acts);
		const { because } = discover(sources, acts, request);
		expect(because.map(({ property }) => property)).toEqual([fourth, third, second].map(numberOf));
		expect(because.map(({ act: kind }) => kind)).toEqual(['save', 'enquire', 'save']);
		const fits = sources.taste.fits(NOW);
		for (const { homes: row } of because)
			for (const { property } of row) expect(fits[rowOf.get(property)!]).toBeGreaterThan(0);
	});

	it('shows no home twice, none of the list, none that is saved or dismissed', () => {
		const before = discover(person(acts), acts, request);
		const shown = before.because.flatMap((row) => row.homes.map(({ property }) => property));
		expect(new Set(shown).size).toBe(shown.length);
		const [listed, dismissed] = shown as [number, number];
		const { because } = discover(person(acts, undefined, [dismissed]), acts, {
			...request,
			listed: [listed],
		});
		const after = because.flatMap((row) => row.homes.map(({ property }) => property));
		for (const property of [listed, dismissed, ...acts.map((one) => one.property)])
			expect(after).not.toContain(property);
	});

	it('forgets a save that was taken back', () => {
		const undone = [...acts, act('unsave', fourth, NOW)];
		expect(wantedHomes(undone).map(({ property }) => property)).toEqual(
			[third, second, first].map(numberOf),
		);
	});

	it('keeps a home that was written about when its save is taken back', () => {
		const [one] = wantedHomes([act('save', 9), act('enquire', 9), act('unsave', 9)]);
		expect(one).toMatchObject({ property: numberOf(9), act: 'enquire' });
	});

	it('is nothing before anything was saved', () => {
		const { because, next, resume } = discover(person([]), [], request);
		expect({ because, next, resume }).toEqual({ because: [], next: null, resume: null });
	});
});

describe('the next place', () => {
	const place = neighbourhoodOf(0);
	const acts = inPlace(place)
		.slice(0, 3)
		.map((row) => act('save', row));

	it('is near the one where most was saved, elsewhere, and says that it is by content', () => {
		const { next } = discover(person(acts), acts, request);
		expect(next).toMatchObject({ from: place, source: 'nearby' });
		const names = next!.places.map(({ neighbourhood }) => neighbourhood);
		expect(names).not.toContain(place);
		for (const { away, best, fitting, homes: count, neighbourhood } of next!.places) {
			expect(count).toBe(inPlace(neighbourhood).length);
			expect(fitting).toBeLessThanOrEqual(count);
			expect(neighbourhoodOf(rowOf.get(best)!)).toBe(neighbourhood);
			expect(away).toBeGreaterThan(0);
		}
	});

	it('is none after one saved home, unless others are known to go on from there', () => {
		const one = acts.slice(0, 1);
		expect(discover(person(one), one, request).next).toBeNull();
		const from = rowOf.get(one[0]!.property)!;
		const far = [...properties.keys()].filter((row) => neighbourhoodOf(row) !== place);
		const pack = packOf({ next: far.slice(0, 40).map((row) => [from, row, 1]) });
		expect(discover(person(one, pack), one, request).next).toMatchObject({
			from: place,
			source: 'others',
		});
	});

	it('follows where others went, not what is near', () => {
		const target = homes.columns.neighbourhood.names.find((name) => name !== place)!;
		const [from] = acts.map(({ property }) => rowOf.get(property)!);
		const pack = packOf({ next: inPlace(target).map((row) => [from!, row, 2]) });
		const { next } = discover(person(acts, pack), acts, request);
		expect(next!.places.map(({ neighbourhood }) => neighbourhood)).toEqual([target]);
	});

	it('names the nearer of two places first where others went to both alike', () => {
		const one = acts.slice(0, 1);
		const from = rowOf.get(one[0]!.property)!;
		const others = homes.columns.neighbourhood.names.filter(
			(name) => name !== place && inPlace(name).length > 0,
		);
		const pack = packOf({
			next: others.flatMap(inPlace).map((row) => [from, row, 1] as const),
		});
		const { next } = discover(person(one, pack), one, request);
		const away = next!.places.map((found) => found.away);
		expect(away.length).toBeGreaterThan(1);
		expect(away).toEqual([...away].sort((a, b) => a - b));
	});

	it('counts what is chosen often, so that a rare step does not lead', () => {
		const one = acts.slice(0, 1);
		const from = rowOf.get(one[0]!.property)!;
		const [rare, usual] = homes.columns.neighbourhood.names.filter(
			(name) => name !== place && inPlace(name).length > 0,
		) as [string, string];
		const lifts = packOf({
			next: [
				...inPlace(rare).map((row) => [from, row, 0.3] as const),
				...inPlace(usual).map((row) => [from, row, 0.2] as const),
			],
		});
		const named = (base: number) => {
			const pack: Others = {
				...lifts,
				shares: (history, row) => ({
					...lifts.shares(history, row),
					base: neighbourhoodOf(row) === usual ? base : 0,
				}),
			};
			return discover(person(one, pack), one, request).next!.places[0]!.neighbourhood;
		};
		expect(named(2)).toBe(usual);
		expect(named(-2)).toBe(rare);
	});

	it('goes on from the home that was saved last before one saved earlier', () => {
		const [early, late] = inPlace(place) as [number, number];
		const both = [act('save', early, NOW - 2 * HOUR), act('save', late, NOW - HOUR)];
		const [afterEarly, afterLate] = homes.columns.neighbourhood.names.filter(
			(name) => name !== place && inPlace(name).length > 0,
		) as [string, string];
		// So surely that it does not hang on which of the two is nearer.
		const goesTo = (from: number) =>
			inPlace(from === late ? afterLate : afterEarly).map((row): [number, number] => [row, 4]);
		const keys = homes.columns.key.values;
		const pack = othersFromPack(
			{
				header: packHeader(),
				keys,
				chosen: new Float32Array(keys.length).fill(1),
				also: null,
				next: sparseRows(
					keys.map((_, row) => (row === early || row === late ? goesTo(row) : [])),
					keys.length,
				),
				factors: null,
			},
			keys,
		);
		const { next } = discover(person(both, pack), both, request);
		const names = next!.places.map(({ neighbourhood }) => neighbourhood);
		expect(names).toEqual([afterLate, afterEarly]);
	});

	it('finds what stands at a place in order as ordering all does', () => {
		fc.assert(
			fc.property(
				fc.float64Array({ minLength: 1, maxLength: 60, noNaN: true }),
				fc.nat(59),
				(values, at) => {
					const place = at % values.length;
					// Plus 0: -0 and 0 have no order.
					expect(inOrderAt(values.slice(), place) + 0).toBe(
						(values.toSorted()[place] as number) + 0,
					);
				},
			),
		);
	});
});

describe('what was left open', () => {
	const YESTERDAY = NOW - 24 * HOUR;
	const looks = [
		act('view', 1, YESTERDAY),
		act('view', 2, YESTERDAY + 1),
		act('dwell', 2, YESTERDAY + 2, { seconds: 70 }),
		act('view', 3, YESTERDAY + 3),
		act('view', 3, YESTERDAY + 4),
		act('search', -1, YESTERDAY + 5, { filter: '{"priceTo":900}' }),
	];

	it('is what was looked at long or twice, the newest first, and the last search', () => {
		expect(resumeOf(looks, NOW, new Set())).toEqual({
			at: YESTERDAY + 5,
			homes: [3, 2].map(numberOf),
			search: '{"priceTo":900}',
		});
	});

	it('is nothing while the visit goes on, and counts nothing of the visit itself', () => {
		const now = YESTERDAY + 10;
		expect(resumeOf(looks, now, new Set())).toBeNull();
		const again = [...looks, act('view', 1, NOW + 1)];
		expect(resumeOf(again, NOW, new Set())?.homes).toEqual([3, 2].map(numberOf));
	});

	it('leaves out homes that were saved, dismissed or written about since', () => {
		const wrote = [...looks, act('enquire', 3, NOW + 1)];
		expect(resumeOf(wrote, NOW, new Set([numberOf(2)]))?.homes).toEqual([]);
	});

	it('is forgotten after a month', () => {
		expect(resumeOf(looks, YESTERDAY + 40 * 24 * HOUR, new Set())).toBeNull();
	});
});

describe('guides', () => {
	const guides = [
		{ name: 'garden', tags: ['amenity:Garden'] },
		{ name: 'parking', tags: ['amenity:Parking', 'amenity:Nowhere'] },
		{ name: 'elsewhere', tags: ['amenity:Nowhere'] },
	];
	const column = (key: string) => model.named.get(key)!.column;
	const having = (key: string, not: string) =>
		[...properties.keys()].filter((row) => {
			const { columns, starts } = model.features.rows;
			const own = columns.subarray(starts[row], starts[row + 1]);
			return own.includes(column(key)) && !own.includes(column(not));
		});

	it('come in the order of the taste, with what is liked of them; the unknown last', () => {
		const acts = having('amenity:Parking', 'amenity:Garden')
			.slice(0, 8)
			.map((row) => act('save', row));
		const ranked = discover(person(acts), acts, { ...request, guides }).guides;
		expect(ranked.map(({ name }) => name)).toEqual(['parking', 'garden', 'elsewhere']);
		expect(ranked[0]?.because?.key).toBe('amenity:Parking');
		expect(ranked[2]?.because).toBeNull();
	});

	it('follow the person’s own word, and take no reason from what is switched off', () => {
		const sources = person([]);
		sources.taste.edit([{ key: 'amenity:Garden', weight: 2 }]);
		const liked = discover(sources, [], { ...request, guides }).guides;
		expect(liked[0]).toMatchObject({ name: 'garden', because: { key: 'amenity:Garden' } });
		sources.taste.edit([{ key: 'amenity:Garden', off: true }]);
		const off = discover(sources, [], { ...request, guides }).guides;
		expect(off.find(({ name }) => name === 'garden')?.because).toBeNull();
	});

	it('are the same for one seed, and give way to the unknown a little under others', () => {
		const first = (seed: number) =>
			discover(person([]), [], { ...request, guides, seed }).guides[0]?.name;
		expect(first(1)).toBe(first(1));
		const seen = new Set(Array.from({ length: 20 }, (_, seed) => first(seed)));
		expect(seen).toEqual(new Set(['garden', 'parking']));
	});
});

/** A pack made of what each pair of homes adds, whatever the weight: `[from, to, share]`. */
function packOf({
	also = [],
	next = [],
}: {
	also?: readonly (readonly [number, number, number])[];
	next?: readonly (readonly [number, number, number])[];
}): Others {
	const share = (pairs: typeof also, from: number, to: number) =>
		pairs.find(([a, b]) => a === from && b === to)?.[2] ?? 0;
	return {
		version: 1,
		known: new Uint8Array(homes.count).fill(1),
		fits: (history) => {
			const fits = new Float64Array(homes.count);
			for (const { row } of history)
				for (const [from, to, value] of [...also, ...next])
					if (from === row) fits[to] = (fits[to] as number) + value;
			return fits;
		},
		shares: (history, row) => ({
			base: 0,
			also: Float64Array.from(history, (stay) => share(also, stay.row, row)),
			next: Float64Array.from(history, (stay) => share(next, stay.row, row)),
		}),
	};
}
