/** Would the next saved home have been among the first twenty? By all acts, and by recent ones alone. */
import { expect, test } from 'vitest';
import { CancelledError } from '$workers/learners/contract';
import { catalogueModel, type TasteAct } from '$workers/models/recommender';
import { replayTaste } from '$workers/roots/trust/replay-taste';
import { sampleTown } from '$workers/sample';
import { nameAt } from '$workers/table/column';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const { homes } = sampleTown({ seed: 'replay' });
const model = catalogueModel(homes);
const run = { cancelled: () => false, onProgress: () => undefined };

/** Homes of one neighbourhood: what this person wants, and says by saving one every ten days. */
const wanted = Array.from({ length: homes.count }, (_, row) => row).filter(
	(row) => nameAt(homes.columns.neighbourhood, row) === homes.columns.neighbourhood.names[0],
);
const saves = wanted.slice(0, 60).map((row, i): TasteAct => ({
	kind: 'save',
	row,
	instant: START + i * 10 * DAY,
	sequence: i + 1,
}));

test('where no act is older than the period there is nothing to compare', async () => {
	expect(await replayTaste(model, saves, 10_000, run)).toEqual({
		cases: 0,
		withAll: 0,
		withRecent: 0,
	});
});

test('every home that was saved after the first period is tried', async () => {
	const { cases } = await replayTaste(model, saves, 100, run);
	expect(cases).toBe(saves.length - 10);
});

test('a taste that was shown long ago is told by all acts and not by those of a day', async () => {
	const { cases, withAll, withRecent } = await replayTaste(model, saves, 1, run);
	expect(cases).toBe(saves.length - 1);
	expect(withAll).toBeGreaterThan(withRecent);
	const nothing = await replayTaste(model, saves.slice(0, 1), 1, run);
	expect(nothing.cases).toBe(0);
});

test('the order in which acts are handed over does not matter', async () => {
	expect(await replayTaste(model, [...saves].reverse(), 50, run)).toEqual(
		await replayTaste(model, saves, 50, run),
	);
});

test('saving a home twice is one case', async () => {
	const again = { ...(saves[20] as TasteAct), sequence: 999, instant: START + 500 * DAY };
	const { cases } = await replayTaste(model, [...saves.slice(0, 30), again], 100, run);
	expect(cases).toBe(20);
});

test('stops when it is cancelled', async () => {
	await expect(replayTaste(model, saves, 50, { ...run, cancelled: () => true })).rejects.toThrow(
		CancelledError,
	);
});
