import type { DatedTable, RetentionApi, RetentionChoice } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Repositories } from '$workers/data/repositories';
import type { Notifier } from '$workers/data/notify';
import { DATED_TABLES, DAYS_OF_USE, daysKept, PERIODS } from '$workers/privacy/retention';
import type { Storehouse } from '../manage';

/** Loaded when it is first asked for: the store starts with the first page, for everybody. */
const load = async () => ({
	...(await import('$workers/data/retention')),
	...(await import('$workers/data/retention-job')),
	...(await import('$workers/data/retention-parts')),
});

/** Part of the store worker. */
export function retention({ here, notifier }: Storehouse): Behind<RetentionApi> {
	async function view() {
		const { RetentionRepository, seeBooks, partOf, countPast } = await load();
		const repositories = await here();
		const repository = new RetentionRepository(repositories.database);
		const state = await seeBooks(repositories, repository, Date.now());
		const choices: RetentionChoice[] = [];
		for (const table of DATED_TABLES) {
			const rows = await partOf(repositories, state, table).dates(table);
			const days = daysKept(table, state.choices);
			choices.push({
				table,
				days,
				chosen: state.choices[table] !== undefined,
				usual: PERIODS[table].usual,
				rows: rows.dates.length,
				due: days === null ? 0 : countPast(rows, days),
				oldest: rows.dates.reduce((least, date) => (least < date ? least : date), Number.NaN),
				countedFrom: rows.from,
			});
		}
		const { hold, ranAt, reports, trusted } = state;
		return {
			choices,
			reports,
			ranAt: ranAt === 0 ? Number.NaN : ranAt,
			hold: hold && { clock: hold.seen, trusted, daysLeft: DAYS_OF_USE - hold.days },
		};
	}

	return {
		retention: view,
		async changeRetention(table, days) {
			const { RetentionRepository } = await load();
			const { database, ledger } = await here();
			await new RetentionRepository(database).choose(table, days);
			await ledger.note({
				instant: Date.now(),
				what: 'changed',
				subject: 'retention',
				purpose: 'account',
				rows: 1,
				bytes: 0,
			});
			notifier.tell('retention', 'ledger');
			return view();
		},
		async rowsPast(table: DatedTable, days) {
			if (days === null) return 0;
			const { RetentionRepository, seeBooks, partOf, countPast } = await load();
			const repositories = await here();
			const repository = new RetentionRepository(repositories.database);
			const state = await seeBooks(repositories, repository, Date.now());
			return countPast(await partOf(repositories, state, table).dates(table), days);
		},
		async enforceRetention({ clockIsRight }) {
			const { enforceNow } = await load();
			const report = await enforceNow(await here(), Date.now(), clockIsRight);
			tell(notifier);
			return report;
		},
	};
}

/**
 * The job at the store's start, and after a file was brought in. A page does not wait for it, and what goes wrong is tried again at
 * the next start: a tab that is closed or erased under way closes the database in its midst.
 */
export async function keepTimesAtStart(
	repositories: Repositories,
	notifier: Notifier,
): Promise<void> {
	try {
		const { keepTimes } = await import('$workers/data/retention-job');
		const report = await keepTimes(repositories, Date.now());
		if (report && report.removed.length > 0) tell(notifier);
		// A page that was quicker than the job has not heard of a clock in doubt.
		else notifier.tell('retention');
	} catch {
		return;
	}
}

const tell = (notifier: Notifier) =>
	notifier.tell('retention', 'acts', 'books', 'insights', 'models', 'ledger');
