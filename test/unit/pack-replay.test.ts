import { describe, expect, test } from 'vitest';
import { catalogueModel, type TasteAct } from '$workers/models/recommender';
import type { Others } from '$workers/models/recommender/others';
import { replayPack } from '$workers/models/recommender/pack-replay';
import { AS_OF, sampleTown } from '$workers/sample';

const HOMES = 30;
const DAY = 86_400_000;
const model = catalogueModel(sampleTown({ seed: 'replay', homes: HOMES }).homes);

/** Others who chose these rows above all. */
function others(rows: readonly number[], by: number): Others {
	return {
		version: 1,
		known: new Uint8Array(HOMES).fill(1),
		fits: () => Float64Array.from({ length: HOMES }, (_, row) => (rows.includes(row) ? by : 0)),
		shares: (history, row) => ({
			base: rows.includes(row) ? by : 0,
			also: new Float64Array(history.length),
			next: new Float64Array(history.length),
		}),
	};
}

const saves = (rows: readonly number[]): TasteAct[] =>
	rows.map((row, at) => ({
		sequence: at + 1,
		row,
		kind: 'save',
		instant: (AS_OF + at) * DAY,
		seconds: 0,
	}));

describe('the trial of a pack on one’s own acts', () => {
	test('ranks first what others point at, from before each act', async () => {
		const taken = [3, 11, 19, 27];
		const replay = await replayPack(model, saves(taken), [], null, others(taken, 1000));
		expect(replay.acts).toBe(4);
		expect(replay.after ?? 0).toBeGreaterThan(replay.before ?? 1);
		// Each of them stands among the first four.
		expect(replay.after ?? 0).toBeGreaterThanOrEqual(1 / 4);
	});

	test('sees that a pack points away', async () => {
		const taken = [3, 11, 19, 27];
		const away = [...Array(HOMES).keys()].filter((row) => !taken.includes(row));
		const replay = await replayPack(model, saves(taken), [], null, others(away, 1000));
		expect(replay.after ?? 1).toBeLessThan(replay.before ?? 0);
	});

	test('says the same of the same pack, and nothing without acts', async () => {
		const same = others([1, 2], 1);
		const replay = await replayPack(model, saves([5, 6, 7]), [], same, same);
		expect(replay.after).toBe(replay.before);
		expect(await replayPack(model, [], [], null, same)).toEqual({
			acts: 0,
			before: null,
			after: null,
		});
	});

	test('counts a home once, and no looks', async () => {
		const acts = [...saves([5, 5, 6]), { ...saves([7])[0], kind: 'view', sequence: 9 } as TasteAct];
		expect((await replayPack(model, acts, [], null, others([], 0))).acts).toBe(2);
	});
});
