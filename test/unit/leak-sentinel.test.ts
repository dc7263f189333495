import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '$workers/math/random';
import { suspectsOf } from '$workers/models/leak-sentinel';
import { type MatrixColumn, categoryColumn, matrix, numberColumn } from '$workers/table/matrix';

const COUNT = 6000;

/** Bookings of which 35 % fall through, more so with a long lead time. */
function made(seed: string) {
	const random = seededRandom(seed);
	const lead = fill(() => Math.floor(-60 * Math.log(1 - random.next())));
	const targets = lead.map((days) => Number(random.next() < 0.2 + 0.3 * Math.min(1, days / 90)));
	return { random, lead, targets };
}

const fill = (value: (row: number) => number) =>
	Float64Array.from({ length: COUNT }, (_, row) => value(row));
const levels = (count: number) => Array.from({ length: count }, (_, i) => `level ${i}`);

/** What is known in time, however much or little it tells. */
function innocents({ random, lead, targets }: ReturnType<typeof made>): MatrixColumn[] {
	return [
		numberColumn('lead', lead),
		numberColumn(
			'noise',
			fill(() => random.normal()),
		),
		numberColumn(
			'strong cause',
			targets.map((target) => random.normal() + 1.5 * target),
		),
		numberColumn(
			'rare count',
			fill(() => Number(random.next() < 0.01)),
		),
		categoryColumn(
			'key of its own',
			fill((row) => row),
			levels(COUNT),
		),
		categoryColumn('contract', contract(targets, random), ['monthly', 'yearly', 'two years']),
		categoryColumn(
			'agent',
			fill(() => Math.floor(40 * random.next() ** 2)),
			levels(40),
		),
	];
}

/** Two years: hardly any falls through; month to month: half. */
const contract = (targets: Float64Array, random: Random) =>
	targets.map((target) => {
		if (random.next() < (target ? 0.9 : 0.45)) return 0;
		return random.next() < (target ? 0.9 : 0.5) ? 1 : 2;
	});

const verdict = (suspects: ReturnType<typeof suspectsOf>, name: string) =>
	suspects.find(({ column }) => column === name);

describe('the leak sentinel', () => {
	test.each(['a', 'b', 'c'])('lets innocent columns pass (%s)', (seed) => {
		const data = made(seed);
		expect(suspectsOf(matrix(innocents(data)), data.targets)).toEqual([]);
	});

	test('refuses a column that alone tells all', () => {
		const data = made('tells all');
		const status = categoryColumn('status', data.targets, ['stayed', 'cancelled']);
		const found = suspectsOf(matrix([...innocents(data), status]), data.targets);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({
			column: 'status',
			verdict: 'refused',
			reason: 'AloneTellsAll',
			evidence: { auc: 1, rows: COUNT },
		});
	});

	test('refuses a reason that is there for one outcome alone', () => {
		const data = made('reason');
		const reason = data.targets.map((target) => (target ? data.random.integer(4) : Number.NaN));
		const columns = [...innocents(data), categoryColumn('reason', reason, levels(4))];
		expect(verdict(suspectsOf(matrix(columns), data.targets), 'reason')?.verdict).toBe('refused');
	});

	test('refuses a count that is filled in for rows of one outcome', () => {
		const data = made('parking');
		const parking = data.targets.map((target) => Number(!target && data.random.next() < 0.1));
		const columns = [...innocents(data), numberColumn('parking', parking)];
		const found = suspectsOf(matrix(columns), data.targets);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({
			column: 'parking',
			verdict: 'refused',
			reason: 'NeverWithOutcome',
			evidence: { withOutcome: 0, outcome: 1 },
		});
	});

	test('refuses a date that was written with the outcome, once it knows the day of a row', () => {
		const data = made('dated');
		const days = fill(() => 17_000 + data.random.integer(700));
		const changed = days.map((day, row) =>
			data.targets[row] ? day - data.random.integer(30) : day + 1 + data.random.integer(5),
		);
		const rows = matrix([...innocents(data), numberColumn('changed on', changed)]);
		const found = suspectsOf(rows, data.targets, { days, dates: ['changed on'] });
		expect(found.map(({ column, reason }) => [column, reason])).toEqual([
			['changed on', 'DatedAfter'],
		]);
	});

	test('lets a planned date pass, which lies after the day for either outcome', () => {
		const data = made('planned');
		const days = fill(() => 17_000 + data.random.integer(700));
		const leaves = numberColumn(
			'leaves on',
			days.map((day) => day + 1 + data.random.integer(9)),
		);
		const rows = matrix([...innocents(data), leaves]);
		expect(suspectsOf(rows, data.targets, { days, dates: ['leaves on'] })).toEqual([]);
	});

	test('names the copy that was put right later, not the one that was asked for', () => {
		const data = made('room');
		const asked = fill(() => data.random.integer(6));
		const given = asked.map((room, row) =>
			!data.targets[row] && data.random.next() < 0.25 ? data.random.integer(6) : room,
		);
		const columns = [
			...innocents(data),
			categoryColumn('asked', asked, levels(6)),
			categoryColumn('given', given, levels(6)),
		];
		const found = suspectsOf(matrix(columns), data.targets);
		expect(found.map(({ column, verdict: said, reason }) => [column, said, reason])).toEqual([
			['given', 'suspect', 'FilledInLater'],
		]);
	});

	test('names a default that is kept where nothing better was recorded', () => {
		const data = made('country');
		const country = data.targets.map((target) => {
			const own = Math.floor(20 * data.random.next() ** 1.5);
			return target && data.random.next() < 0.5 ? 0 : own;
		});
		const columns = [...innocents(data), categoryColumn('country', country, levels(20))];
		const found = suspectsOf(matrix(columns), data.targets);
		expect(found.map(({ column, reason }) => [column, reason])).toEqual([
			['country', 'FilledInLater'],
		]);
	});

	test('names a column whose meaning turns around', () => {
		const data = made('turns');
		const days = fill((row) => row);
		const turned = data.targets.map((target, row) => {
			const said = data.random.next() < 0.85 ? target : 1 - target;
			return row < COUNT / 2 ? said : 1 - said;
		});
		const rows = matrix([numberColumn('lead', data.lead), numberColumn('turned', turned)]);
		// Over all days it tells nothing: it must be looked at by halves.
		expect(verdict(suspectsOf(rows, data.targets, { days }), 'turned')?.reason).toBe(
			'BreaksWithTime',
		);
	});

	test('says nothing of too few rows', () => {
		const targets = Float64Array.from({ length: 30 }, (_, row) => Number(row < 5));
		expect(suspectsOf(matrix([numberColumn('same', targets)]), targets)).toEqual([]);
	});
});
