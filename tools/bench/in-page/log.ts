import type { Act } from '$lib/contracts';
import { ActRepository, INTERACTION } from '$workers/data/acts';
import { ProfileDatabase, profileDatabaseName } from '$workers/data/database';
import { Log, type LogTable } from '$workers/data/log';
import { seededRandom } from '$workers/math/random';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';

/** Runs in the page, beside the app: the log's own code on the browser's own disk. */

export interface LogTimes {
	/** Milliseconds. */
	readonly written: number[];
	readonly scanned: number[];
	/** Rows that the scan found: all of them, or the times mean nothing. */
	readonly found: number;
}

/** Writes so many events into an empty log and reads them back, round by round. */
export async function timeLog(events: number, rounds: number): Promise<LogTimes> {
	const whole = drawEvents(events);
	const times: LogTimes = { written: [], scanned: [], found: 0 };
	let found = Infinity;
	for (let round = 0; round < rounds; round++) {
		const database = new ProfileDatabase('doorstep-bench');
		await database.open();
		const log = new Log(database, INTERACTION);
		const started = performance.now();
		await log.appendTable(whole);
		const written = performance.now();
		const read = await log.scan();
		times.written.push(written - started);
		times.scanned.push(performance.now() - written);
		found = Math.min(found, read.count);
		await database.delete();
	}
	return { ...times, found };
}

/** Gives the person of a profile so many acts more, as the store would have written them. */
export async function addHistory(profile: string, acts: number, homes: number): Promise<void> {
	const database = new ProfileDatabase(profileDatabaseName(profile));
	const repository = new ActRepository(database);
	const random = seededRandom(`history/${acts}`);
	const kinds = ['impression', 'view', 'dwell', 'save', 'like', 'dismiss'] as const;
	const now = Date.now();
	const all = Array.from({ length: acts }, (_, i): Act => ({
		kind: kinds[random.integer(kinds.length)] ?? 'view',
		property: 1 + random.integer(homes),
		instant: now - (acts - i) * 60_000,
		channel: 'browse',
		seconds: 30,
	}));
	for (let from = 0; from < acts; from += 1_000)
		await repository.record(all.slice(from, from + 1_000), true, 0);
	database.close();
}

function drawEvents(events: number): LogTable {
	const random = seededRandom('events');
	const whole = (below: number) => () => random.integer(below);
	return table({
		instant: numbers(Float64Array.from({ length: events }, (_, i) => 1.7e12 + i * 1_000)),
		offset: numbers(new Int16Array(events)),
		session: numbers(Uint32Array.from({ length: events }, (_, i) => i >> 5)),
		property: numbers(Uint32Array.from({ length: events }, whole(50_000))),
		kind: numbers(Uint8Array.from({ length: events }, whole(12))),
		channel: numbers(Uint8Array.from({ length: events }, whole(7))),
		position: numbers(Uint16Array.from({ length: events }, whole(200))),
		ranker: numbers(new Uint16Array(events)),
		propensity: numbers(Float32Array.from({ length: events }, () => random.next())),
		seconds: numbers(Float32Array.from({ length: events }, whole(300))),
		reason: numbers(Uint8Array.from({ length: events }, whole(7))),
		note: numbers(new Uint32Array(events)),
		consent: numbers(new Uint8Array(events).fill(1)),
	});
}
