import { describe, expect, it } from 'vitest';
import type { ActKind } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { TeamDraft } from '$workers/metrics';
import { PersonalTaste, catalogueModel } from '$workers/models/recommender';
import {
	draftedList,
	historyEvaluation,
	type LoggedAct,
	NEEDED_CASES,
	NEEDED_TAKEN,
	popularHomes,
	shownEvaluation,
	trialEvaluations,
	trialRanker,
} from '$workers/models/recommender/evaluation';
import { FIRST_KEPT } from '$workers/models/recommender/exploration';
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
	const popular = () => popularHomes(taste, request, hidden);
	const drafted = () => draftedList(taste, popular(), 'popularity', request, hidden);
	const list = drafted();

	it('takes half from each, names who put a home there, and shows no home twice', () => {
		const teamOf = (team: string) =>
			list.homes.filter(({ ranker }) => ranker === `${taste.ranker}/${team}-popularity`);
		expect(teamOf('a')).toHaveLength(12);
		expect(teamOf('b')).toHaveLength(12);
		expect(new Set(list.homes.map(({ row }) => row)).size).toBe(24);
	});

	it('begins with what is best by either, each as likely as the other', () => {
		expect(list.homes.slice(0, FIRST_KEPT).some(({ exploration }) => exploration)).toBe(false);
		expect(list.homes[0]?.propensity).toBe(0.5);
		expect(list.homes.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
	});

	it('is the same for the seed of a visit, and leaves out what is hidden', () => {
		expect(drafted()).toEqual(list);
		expect(list.homes.some(({ row }) => hidden.includes(row))).toBe(false);
	});

	it('has the most chosen homes from popularity, with contributions that sum to the fit', () => {
		const reviews = values(homes, 'reviews');
		const ranker = popular();
		let last = Number.POSITIVE_INFINITY;
		for (let offer = ranker.offer(); offer; offer = ranker.offer()) {
			expect(reviews[offer.row]!).toBeLessThanOrEqual(last);
			last = reviews[offer.row]!;
			const { contributions, fit } = ranker.ranked({ ...offer, propensity: 1 });
			expect(contributions.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(fit, 6);
			ranker.take(offer.row);
		}
	});

	it('is the present one’s own where both rank alike', () => {
		const present = taste.forYou(request, hidden);
		const same = draftedList(taste, taste.filling(request, hidden), 'own', request, hidden);
		expect(same.homes.map(({ row }) => row)).toEqual(present.homes.map(({ row }) => row));
		same.homes.forEach(({ propensity }, place) =>
			expect(propensity).toBeCloseTo(present.homes[place]!.propensity, 12),
		);
	});

	it('tells a team that what the other put there stands', () => {
		const filling = taste.filling(request, hidden);
		const first = filling.offer()!.row;
		expect(filling.chanceOf(first)).toBe(1);
		filling.take(first);
		expect(filling.chanceOf(first)).toBe(0);
		expect(filling.offer()!.row).not.toBe(first);
	});
});

describe('the chances of a list that two tastes share', () => {
	// Few homes and few places, so that the same beginnings come again; tastes that differ.
	const { homes: few } = sampleTown({ seed: 'few', homes: 24 });
	const town = catalogueModel(few);
	const tasteOf = (rows: readonly number[]) => {
		const taste = new PersonalTaste(town, START);
		taste.observe(rows.map((row) => act('save', row, { instant: START - HOUR })));
		return taste;
	};
	const tastes = { a: tasteOf([1, 2]), b: tasteOf([20, 21]) };
	const request = { count: 5, variety: 0.4, novelty: 0.5, now: START, seed: 5 };
	const hidden = [1, 2, 20, 21];
	const RUNS = 3000;
	const drafts = Array.from({ length: RUNS }, (_, run) => {
		const dice = seededRandom(`dice ${run}`);
		const rankers = {
			a: tastes.a.filling(request, hidden, dice.fork('ranker')),
			b: tastes.b.filling(request, hidden, dice.fork('ranker')),
		};
		return new TeamDraft(rankers, dice.fork('coin'));
	});
	/** By the rows before: how often each row came next, and the chance that was stated for each. */
	const next = new Map<string, { times: Map<number, number>; chances: readonly number[] }>();
	for (const draft of drafts) {
		const rows: number[] = [];
		while (rows.length < request.count) {
			const found = next.get(rows.join()) ?? {
				times: new Map<number, number>(),
				chances: Array.from({ length: few.count }, (_, row) => draft.chanceOf(row)),
			};
			next.set(rows.join(), found);
			const { offered, propensity } = draft.place()!;
			expect(propensity).toBeCloseTo(found.chances[offered.row]!, 12);
			found.times.set(offered.row, (found.times.get(offered.row) ?? 0) + 1);
			rows.push(offered.row);
		}
	}

	it('sum to 1 over all homes, after whatever stands', () => {
		expect(next.size).toBeGreaterThan(20);
		for (const { chances } of next.values())
			expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
	});

	it('are met in frequency, whichever team puts a home there', () => {
		let compared = 0;
		for (const { times, chances } of next.values()) {
			const runs = [...times.values()].reduce((sum, each) => sum + each, 0);
			chances.forEach((chance, row) => {
				const expected = chance * runs;
				if (expected < 5) return;
				compared++;
				const error = Math.sqrt(expected * (1 - chance));
				expect(Math.abs((times.get(row) ?? 0) - expected)).toBeLessThanOrEqual(4.5 * error + 1e-6);
			});
			for (const row of times.keys()) expect(chances[row]).toBeGreaterThan(0);
		}
		expect(compared).toBeGreaterThan(30);
	});
});
