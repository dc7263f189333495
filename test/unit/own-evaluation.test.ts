import { describe, expect, it } from 'vitest';
import type { ActKind } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { PersonalTaste, catalogueModel } from '$workers/models/recommender';
import {
	draftedList,
	historyEvaluation,
	type LoggedAct,
	NEEDED_CASES,
	NEEDED_TAKEN,
	offeredHomes,
	popularHomes,
	shownEvaluation,
	trialEvaluations,
	trialRanker,
} from '$workers/models/recommender/evaluation';
import { sampleTown } from '$workers/sample';
import { values } from '$workers/table/homes';

const START = Date.UTC(2026, 9, 1);
const HOUR = 3_600_000;
const { homes } = sampleTown({ seed: 'evaluation', homes: 400 });
const model = catalogueModel(homes);
const blank = (now: number) => new PersonalTaste(model, now);
const settings = { variety: 0, novelty: 0.5 };

let sequence = 0;
const act = (kind: ActKind, row: number, change: Partial<LoggedAct> = {}): LoggedAct => {
	sequence++;
	return {
		sequence,
		kind,
		row,
		instant: START + sequence * HOUR,
		session: 1,
		listed: false,
		...change,
	};
};

function whole<Value>(steps: Generator<undefined, Value>): Value {
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
const history = (acts: readonly LoggedAct[]) => whole(historyEvaluation({ homes }, blank, acts));
const shown = (acts: readonly LoggedAct[]) =>
	whole(shownEvaluation({ homes }, blank, acts, settings));

const cells = homes.columns.neighbourhood.codes;
/** Homes of one area, the least reviewed first: popularity does not find them. */
const wanted = Array.from({ length: homes.count }, (_, row) => row)
	.filter((row) => cells[row] === cells[0])
	.sort((a, b) => values(homes, 'reviews')[a]! - values(homes, 'reviews')[b]!);

describe('the own history', () => {
	it('says nothing of fewer than ten homes, and how many there are', () => {
		const acts = wanted.slice(0, NEEDED_CASES - 1).map((row) => act('save', row));
		expect(history(acts)).toEqual({ cases: 9, counted: 9, needed: 10 });
		expect(history([])).toEqual({ cases: 0, counted: 0, needed: 10 });
	});

	it('of a person who wants one area is told better by their taste than by popularity', () => {
		const acts = wanted.slice(0, 16).map((row) => act('save', row));
		const { figures, cases } = history(acts);
		expect(cases).toBe(16);
		expect(figures!.present.recall.value).toBeGreaterThan(figures!.popularity.recall.value);
		expect(figures!.gain.mrr.value).toBeGreaterThan(0);
		expect(figures!.present.novelty).toBeGreaterThan(figures!.popularity.novelty);
		expect(figures!.present.areas).toBeLessThan(figures!.popularity.areas);
	});

	it('has intervals that hold their figure and are wide for few homes', () => {
		const acts = wanted.slice(0, 10).map((row) => act('save', row));
		const { present, popularity, gain } = history(acts).figures!;
		for (const figures of [present, popularity])
			for (const { low, value, high } of [figures.recall, figures.ndcg, figures.mrr]) {
				expect(low).toBeLessThanOrEqual(value);
				expect(high).toBeGreaterThanOrEqual(value);
				expect(high - low).toBeGreaterThan(0.2);
			}
		expect(gain.recall.low).toBeGreaterThanOrEqual(-1);
	});

	it('judges a home by what came before it: what comes after changes nothing', () => {
		const acts = wanted.slice(0, 12).map((row) => act('save', row));
		const before = history(acts);
		const later = [...acts.slice(0, 11), { ...acts[11]!, kind: 'enquire' as const }];
		expect(history(later)).toEqual(before);
		const dismissed = acts.map(({ row }) => act('dismiss', row));
		expect(history([...acts, ...dismissed])).toEqual(before);
	});

	it('does not learn from acts of the same moment', () => {
		const instant = START + 10_000 * HOUR;
		const acts = wanted.slice(0, 12).map((row) => act('save', row, { instant }));
		const { present, popularity } = history(acts).figures!;
		// Nothing was known: what is left is the popularity that every list starts with.
		expect(present.mrr).toEqual(popularity.mrr);
	});

	it('counts a home once, and not at all where something else was done with it first', () => {
		const twice = wanted.slice(0, 5).flatMap((row) => [act('view', row), act('save', row)]);
		const passed = wanted.slice(5, 8).flatMap((row) => [act('dismiss', row), act('view', row)]);
		const seen = wanted.slice(8, 10).flatMap((row) => [act('impression', row), act('view', row)]);
		expect(history([...twice, ...passed, ...seen]).cases).toBe(7);
	});
});

describe('what was shown', () => {
	/** Visits of ten places, filled by a ranker that shows its best home or, one time in four, another. */
	function visits(count: number, reward: (row: number, best: boolean) => number): LoggedAct[] {
		const random = seededRandom('visits');
		const acts: LoggedAct[] = [];
		for (let session = 1; session <= count; session++) {
			const instant = START + session * 100 * HOUR;
			const order = best();
			for (let position = 0; position < 10; position++) {
				const first = random.next() < 0.75;
				const row = first ? order[position]! : order[40 + random.integer(50)]!;
				const where = { session, listed: true, position, propensity: first ? 0.75 : 0.25 / 50 };
				acts.push(act('impression', row, { ...where, instant: instant + position }));
				if (random.next() < reward(row, first))
					acts.push(act('view', row, { session, instant: instant + 1000 + position }));
			}
		}
		return acts;
	}
	const best = () => {
		const fits = blank(START).fits(START);
		return Array.from(fits.keys()).sort((a, b) => fits[b]! - fits[a]!);
	};

	it('says nothing where fewer than five homes were taken', () => {
		const acts = [
			act('impression', 1, { listed: true, position: 0, propensity: 1 }),
			act('view', 1),
		];
		expect(shown(acts)).toEqual({ shown: 1, taken: 1, needed: NEEDED_TAKEN });
		expect(shown([])).toEqual({ shown: 0, taken: 0, needed: NEEDED_TAKEN });
	});

	it('counts a home that was opened later in the same visit, and no other', () => {
		const where = { listed: true, position: 0, propensity: 1 };
		const acts = Array.from({ length: 6 }, (_, i) => [
			act('impression', i, { ...where, session: i }),
			act('view', i, { session: i === 5 ? 99 : i }),
		]).flat();
		expect(shown(acts)).toMatchObject({ shown: 6, taken: 5 });
		expect(shown(acts).figures!.asShown.value).toBeCloseTo(5 / 6, 12);
	});

	it('is worth what was shown where another way would have shown the same for certain', () => {
		const acts = best()
			.slice(0, 12)
			.flatMap((row, position) => {
				const where = { listed: true, position, propensity: 1, instant: START + position };
				const opened = position % 2 ? [act('view', row, { instant: START + 1000 })] : [];
				return [act('impression', row, where), ...opened];
			});
		const { asShown, instead } = shown(acts).figures!;
		const [guess] = instead;
		expect(guess?.instead).toBe('best-guess');
		expect(guess?.meanWeight).toBeCloseTo(1, 12);
		expect(guess?.ips.value).toBeCloseTo(asShown.value, 12);
		expect(guess?.snips.value).toBeCloseTo(0.5, 12);
	});

	it('says of popularity that it is unknown where it would have shown what never was', () => {
		const acts = visits(6, (_, first) => (first ? 0.5 : 0.1));
		const { figures } = shown(acts);
		expect(figures!.unknown).toContain('popularity');
	});
});

describe('two rankers in one list', () => {
	const trial = (session: number, team: 'a' | 'b', row: number) =>
		act('impression', row, {
			session,
			listed: true,
			position: row,
			ranker: trialRanker('taste-1+pack3', 'own', team),
		});

	it('are credited by visit with the homes that were opened or saved, each once', () => {
		const acts = [
			trial(1, 'a', 1),
			trial(1, 'b', 2),
			act('view', 1, { session: 1 }),
			act('save', 1, { session: 1 }),
			trial(2, 'a', 3),
			trial(2, 'b', 4),
			act('save', 4, { session: 2 }),
			act('save', 3, { session: 2 }),
			trial(3, 'b', 5),
			act('view', 5, { session: 3 }),
			trial(4, 'a', 6),
		];
		expect(trialEvaluations(acts)).toEqual([
			{ rival: 'own', wins: 1, losses: 1, ties: 1, leader: 'present', pValue: 1 },
		]);
	});

	it('are not credited with what was opened before, or in another visit', () => {
		const acts = [
			act('view', 1, { session: 1 }),
			trial(1, 'a', 1),
			act('view', 1, { session: 2 }),
			trial(2, 'b', 9),
		];
		expect(trialEvaluations(acts)).toEqual([
			{ rival: 'own', wins: 0, losses: 0, ties: 0, leader: 'present', pValue: 1 },
		]);
	});

	it('are not there where no trial was on', () => {
		const acts = [act('impression', 1, { ranker: 'taste-1' }), act('view', 1)];
		expect(trialEvaluations(acts)).toEqual([]);
	});
});

describe('a list that two rankers share', () => {
	const request = { count: 24, variety: 0.4, novelty: 0.5, now: START, seed: 3 };
	const taste = blank(START);
	taste.observe(wanted.slice(0, 6).map((row) => act('save', row, { instant: START - HOUR })));
	const hidden = wanted.slice(0, 6);
	const present = taste.forYou(request, hidden);
	const popular = popularHomes(taste, request, hidden);
	const list = draftedList(taste, present, popular, 'popularity', request);

	it('takes half from each, names who put a home there, and shows no home twice', () => {
		const teamOf = (team: string) =>
			list.homes.filter(({ ranker }) => ranker === `${present.ranker}/${team}-popularity`);
		expect(teamOf('a')).toHaveLength(12);
		expect(teamOf('b')).toHaveLength(12);
		expect(new Set(list.homes.map(({ row }) => row)).size).toBe(24);
	});

	it('gives each home the chance of the coin: one half where it decides, else what its ranker gave', () => {
		list.homes.forEach(({ exploration, propensity }, place) => {
			if (exploration) expect(propensity).toBeLessThan(0.5);
			else expect([place % 2 === 0 ? 0.5 : 1, 1]).toContain(Math.round(propensity * 2) / 2);
		});
		expect(list.homes.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
	});

	it('is the same for the seed of a visit, and leaves out what is hidden', () => {
		expect(draftedList(taste, present, popular, 'popularity', request)).toEqual(list);
		expect(list.homes.some(({ row }) => hidden.includes(row))).toBe(false);
	});

	it('has the most chosen homes from popularity, with contributions that sum to the fit', () => {
		const reviews = values(homes, 'reviews');
		const rows = popular.map(({ row }) => reviews[row]!);
		expect(rows).toEqual([...rows].sort((a, b) => b - a));
		for (const { ranked } of popular.slice(0, 3)) {
			const { contributions, fit } = ranked();
			expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(fit, 6);
		}
	});

	it('is the present one’s own where both rank alike', () => {
		const same = draftedList(taste, present, offeredHomes(present.homes), 'own', request);
		expect(same.homes.map(({ row }) => row)).toEqual(present.homes.map(({ row }) => row));
		expect(same.homes.map(({ propensity }) => propensity)).toEqual(
			present.homes.map(({ propensity }) => propensity),
		);
	});
});
