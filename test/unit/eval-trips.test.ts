import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { trips } from '../../tools/eval/trips';
import { readCity } from '../../tools/eval/trips/city';
import { clustersOf } from '../../tools/eval/trips/clusters';
import { clustered } from '../../tools/eval/trips/comparison';
import { boundsOf, countPlaces, factoredChain } from '../../tools/eval/trips/factored-chain';
import { bestPath, bestWalk } from '../../tools/eval/trips/paths';
import { questionsOf } from '../../tools/eval/trips/question';
import { f1, pairsF1 } from '../../tools/eval/trips/route-figures';

const folder = mkdtempSync(join(tmpdir(), 'doorstep-trips-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, lines: readonly string[]): string {
	const file = join(folder, name);
	const text = `${lines.join('\n')}\n`;
	writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
	return file;
}

const VISIT = 'userID,trajID,poiID,startTime,endTime,#photo,trajLen,poiDuration';
const PLACE = 'poiID,poiCat,poiLon,poiLat';
const PLACES = 8;

/** A street of places, walked from west to east, each step one place on but for some. */
function street(people: number) {
	const random = seededRandom('street');
	const places = Array.from(
		{ length: PLACES },
		(_, i) => `${i},${i % 2 ? 'Park' : 'Museum'},${(0.01 * i).toFixed(2)},1`,
	);
	const visits = Array.from({ length: people }, (_, person) => {
		const from = random.integer(4);
		const stops = [from, from + 1, from + 2, random.next() < 0.2 ? 7 : from + 3];
		// The rows of a trip need not stand in order.
		return stops
			.map((place, i) => `u${person},t${person},${place},${1000 + i},${1010 + i},1,4,10`)
			.reverse();
	});
	return {
		visits: written('traj.csv.gz', [VISIT, ...visits.flat()]),
		places: written('poi.csv', [PLACE, ...places]),
	};
}

describe('eval trips', () => {
	it('learns where a street leads, better than popularity', async () => {
		const { figures } = await trips.run({ ...street(40), trainings: '1', epochs: '3' });
		const next = figures['next'] as Record<string, { mrr: { value: number } }>;
		const popular = next['popularity']!.mrr.value;
		expect(next['Markov chain']!.mrr.value).toBeGreaterThan(1.5 * popular);
		expect(next['blend + sequence']!.mrr.value).toBeGreaterThan(1.5 * popular);
		expect(figures).toMatchObject({ rows: 120, seed: 1 });
	}, 120_000);

	it.each([
		['a place that is not there', ['u,t,99,1,2,1,1,1'], 'a place that --places does not have'],
		['a time that is none', ['u,t,1,soon,2,1,1,1'], 'row 1 has "soon" in startTime'],
		['a trip of two people', ['u,t,1,1,2,1,2,1', 'v,t,2,3,4,1,2,1'], 'a trip is of two people'],
		['a place come to twice', ['u,t,1,1,2,1,2,1', 'u,t,1,3,4,1,2,1'], 'one place twice'],
	])('refuses %s', async (_, rows, words) => {
		const { places } = street(1);
		const visits = written('odd.csv', [VISIT, ...rows]);
		await expect(trips.run({ visits, places })).rejects.toThrow(
			expect.objectContaining({ name: 'EvaluationError', message: expect.stringContaining(words) }),
		);
	});
});

describe('trips', () => {
	it('are read in the order of time, and asked place by place', () => {
		const { visits, places } = street(3);
		const city = readCity(visits, places);
		const [first] = city.trips;
		expect(first!.places).toEqual(first!.places.toSorted((a, b) => a - b));
		expect(questionsOf([first!], 3).map(({ history, next }) => [...history, next])).toEqual([
			first!.places.slice(0, 2),
			first!.places.slice(0, 3),
			first!.places.slice(0, 4),
		]);
		expect(questionsOf(city.trips, 5)).toEqual([]);
		// A hundredth of a degree of longitude at 1° north.
		const degree = ((2 * Math.PI * 6371.0088) / 360) * Math.cos(Math.PI / 180);
		expect(city.kilometres[0]![1]).toBeCloseTo(degree / 100, 3);
	});
});

describe('errors of one person', () => {
	it('are those of independent answers where everybody gives one', () => {
		const { mean, standardError } = clustered([1, 2, 3, 6], [0, 1, 2, 3]);
		expect(mean).toBe(3);
		// Deviation over the root of the count.
		expect(standardError).toBeCloseTo(Math.sqrt(14 / 3 / 4), 12);
	});

	it('do not shrink when answers are given twice', () => {
		const once = clustered([1, 2, 3, 6], [0, 1, 2, 3]);
		const twice = clustered([1, 2, 3, 6, 1, 2, 3, 6], [0, 1, 2, 3, 0, 1, 2, 3]);
		expect(twice.standardError).toBeCloseTo(once.standardError, 12);
	});
});

describe('figures of routes', () => {
	it('count places and pairs as the paper defines them', () => {
		expect(f1([1, 2, 3, 4], [1, 3, 5, 4])).toBeCloseTo(3 / 4, 12);
		expect(f1([1, 2, 3], [1, 1, 3])).toBeCloseTo(2 / 3, 12);
		expect(pairsF1([1, 2, 3], [1, 2, 3])).toBe(1);
		// Of three pairs two stand in order.
		expect(pairsF1([1, 2, 3], [2, 1, 3])).toBeCloseTo(2 / 3, 12);
		expect(pairsF1([1, 2], [2, 1])).toBe(0);
	});
});

describe('the best walk and the best path', () => {
	const scores = (seed: number) => {
		const random = seededRandom(seed);
		return Array.from({ length: 6 }, () => Float64Array.from({ length: 6 }, () => random.normal()));
	};
	const sumOf = (of: readonly Float64Array[], route: readonly number[]) =>
		route.slice(1).reduce((sum, to, i) => sum + of[route[i]!]![to]!, 0);
	const between = [1, 2, 3, 4];
	const every = between.flatMap((a) => between.flatMap((b) => between.map((c) => [0, a, b, c, 5])));

	it('are the best of all that there are', () => {
		fc.assert(
			fc.property(fc.nat(), (seed) => {
				const of = scores(seed);
				const query = { start: 0, end: 5, length: 5 };
				const best = (routes: readonly number[][]) =>
					Math.max(...routes.map((route) => sumOf(of, route)));
				expect(sumOf(of, bestWalk(of, query))).toBeCloseTo(best(every), 9);
				const simple = every.filter((route) => new Set(route).size === 5);
				const path = bestPath(of, query);
				expect(new Set(path).size).toBe(5);
				expect(sumOf(of, path)).toBeCloseTo(best(simple), 9);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('the factored chain', () => {
	it('gives chances that sum to 1, none of staying, and shares them among places that are alike', () => {
		const { visits, places } = street(40);
		const city = readCity(visits, places);
		const counts = countPlaces(city, city.trips);
		const bounds = boundsOf(counts, [0, 0, 0, 0, 1, 1, 1, 1]);
		factoredChain(city, city.trips, counts, bounds).forEach((row, from) => {
			const total = row.reduce((sum, score) => sum + 10 ** score, 0);
			expect(total).toBeCloseTo(1, 9);
			expect(row[from]).toBe(Number.NEGATIVE_INFINITY);
		});
	});
});

describe('clusters', () => {
	it('are the clumps that are there', () => {
		const random = seededRandom('clumps');
		const points = Array.from(
			{ length: 30 },
			(_, i) => [10 * (i % 3) + random.next(), 5 * (i % 3) + random.next()] as const,
		);
		const own = clustersOf(points, 3, random);
		expect(own.map((cluster) => own.indexOf(cluster))).toEqual(points.map((_, i) => i % 3));
	});
});

const data = new URL('../../../shared/data/city-poi-trips/', import.meta.url);

describe.skipIf(!existsSync(data))('Edinburgh (skipped without the shared data)', () => {
	it('has the people, trips and places that it is published with', () => {
		const path = (name: string) => new URL(name, data).pathname;
		const city = readCity(path('traj-Edin.csv.gz'), path('poi-Edin.csv.gz'));
		// Table 2 of Chen, Ong and Xie 2016.
		expect(city.places.length).toBe(28);
		expect(city.trips.length).toBe(5028);
		expect(new Set(city.trips.map(({ person }) => person)).size).toBe(1454);
		expect(city.trips.filter(({ places }) => places.length > 2).length).toBe(634);
	});
});
