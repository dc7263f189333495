import type { DatedTable, RetentionReport } from '$lib/contracts';
import { DAY, daysKept, readClock } from '$workers/privacy/retention';
import { FaultError } from './fault';
import type { Repositories } from './repositories';
import { type Pending, RetentionRepository, type RetentionState } from './retention';
import { type Part, retainedParts } from './retention-parts';

/** A killed run's entries are among the newest so many. */
const LATELY = 200;

type Here = Pick<Repositories, 'acts' | 'books' | 'database' | 'ledger' | 'runs'>;

/** A job of yesterday is enough: periods are counted in days. */
const EVERY = DAY;

/**
 * The locks of those who learn from the books or change them: the job waits until they are done. First
 * that of learning, which takes minutes: meanwhile books can be brought in.
 */
const AFTER = ['doorstep-insights', 'doorstep-books'];

/**
 * Removes what is past its time, once a day and after each change of the books: a file that is opened
 * again brings back what was removed. One at a time in all tabs. What a killed run left open is
 * finished first. Answers `null` where there was nothing to do yet, or the clock is in doubt.
 *
 * @param now UTC milliseconds, as the device's clock has it
 */
export function keepTimes(here: Here, now: number): Promise<RetentionReport | null> {
	return alone(async () => {
		const repository = new RetentionRepository(here.database);
		const { ranAt, pending, version } = await repository.read();
		const lately = Math.abs(now - ranAt) < EVERY && version === (await versionOf(here));
		if (lately && !pending) return null;
		const state = await lookAtClock(here, repository, now);
		return state.hold ? null : removeAll(here, repository, state, now);
	});
}

/**
 * The same at once, because the person asks for it.
 *
 * @throws FaultError ClockAhead where the clock is in doubt and the person did not say that it is right
 */
export function enforceNow(
	here: Here,
	now: number,
	clockIsRight: boolean,
): Promise<RetentionReport> {
	return alone(async () => {
		const repository = new RetentionRepository(here.database);
		const state = clockIsRight
			? await repository.change(() => ({ trusted: now, hold: null }))
			: await lookAtClock(here, repository, now);
		if (state.hold) throw clockAhead();
		return removeAll(here, repository, state, now);
	});
}

function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-retention', work) as Promise<Value>;
}

/** The state with what is now believed of the clock, and with since when the books reach where. */
async function lookAtClock(
	here: Here,
	repository: RetentionRepository,
	now: number,
): Promise<RetentionState> {
	const { trusted } = await repository.read();
	const known = trusted === 0 ? await newestTrace(here) : trusted;
	return repository.change(({ hold }) => readClock({ trusted: known, hold }, now));
}

/** When something was last done here, or books came in; 0 where there is nothing. */
async function newestTrace({ acts, books }: Here): Promise<number> {
	const instants = await acts.instants('account');
	return Math.max(instants.at(-1) ?? 0, (await books.summary())?.importedAt ?? 0);
}

async function removeAll(
	here: Here,
	repository: RetentionRepository,
	state: RetentionState,
	now: number,
): Promise<RetentionReport> {
	if (state.pending) await finish(here, repository, state.pending);
	const { choices, books } = await seeBooks(here, repository, now);
	for (const part of retainedParts(here, books)) {
		const remove = () => removePart(here, repository, part, { choices, now });
		const kept = part.tables.every((table) => daysKept(table, choices) === null);
		if (part.name !== 'books') await remove();
		else if (!kept) await afterOthers(AFTER, remove);
	}
	const version = await versionOf(here);
	const { reports } = await repository.change(() => ({ ranAt: now, version }));
	const [newest] = reports;
	return newest?.instant === now ? newest : { instant: now, removed: [] };
}

const versionOf = async ({ books }: Pick<Here, 'books'>) => (await books.summary())?.version ?? '';

/** Notes since when the books reach up to their day: their ages are counted on from there. */
export async function seeBooks(
	{ books }: Pick<Here, 'books'>,
	repository: RetentionRepository,
	now: number,
): Promise<RetentionState> {
	const summary = await books.summary();
	const state = await repository.read();
	if (!summary || Number.isNaN(summary.asOf)) return { ...state, books: null };
	const { asOf, importedAt } = summary;
	if (state.books?.asOf === asOf) return state;
	return repository.change(() => ({ books: { asOf, since: Math.min(now, importedAt) } }));
}

async function removePart(
	here: Here,
	repository: RetentionRepository,
	part: Part,
	{ choices, now }: { readonly choices: RetentionState['choices']; readonly now: number },
): Promise<void> {
	const plan = await part.plan(choices, now);
	if (plan.removed.length === 0) return;
	const pending: Pending = { part: part.name, instant: now, choices, removed: plan.removed };
	await repository.change(() => ({ pending }));
	await plan.carryOut();
	await writeDown(here, repository, pending);
}

/** A run was killed: its rows are all there yet, and go with this run; or all gone, and not written down. */
async function finish(
	here: Here,
	repository: RetentionRepository,
	pending: Pending,
): Promise<void> {
	const { books } = await repository.read();
	const part = retainedParts(here, books).find(({ name }) => name === pending.part);
	const plan = await part?.plan(pending.choices, pending.instant);
	if (plan && plan.removed.length > 0) await repository.change(() => ({ pending: null }));
	else await writeDown(here, repository, pending);
}

/** Each table's entry once, however often a run was killed before it came to the report. */
async function writeDown(
	{ ledger }: Here,
	repository: RetentionRepository,
	{ instant, removed }: Pending,
): Promise<void> {
	const { entries } = await ledger.page(0, LATELY, 'account');
	for (const { table, rows } of removed) {
		const written = entries.some(
			(entry) => entry.instant === instant && entry.what === 'erased' && entry.subject === table,
		);
		if (written) continue;
		await ledger.note({
			instant,
			what: 'erased',
			subject: table,
			purpose: 'account',
			rows,
			bytes: 0,
		});
	}
	await repository.report(instant, removed);
}

/** Holds these locks, one within the other, while the work is done. */
function afterOthers<Value>(names: readonly string[], work: () => Promise<Value>): Promise<Value> {
	const [name, ...others] = names;
	if (name === undefined) return work();
	return navigator.locks.request(name, () => afterOthers(others, work)) as Promise<Value>;
}

/** What the page asks of one table. */
export function partOf(here: Here, state: RetentionState, table: DatedTable): Part {
	const part = retainedParts(here, state.books).find(({ tables }) => tables.includes(table));
	if (!part) throw new RangeError('this table has no dates');
	return part;
}

const clockAhead = () =>
	new FaultError({
		name: 'ClockAhead',
		message: 'This device’s clock is far ahead of when Doorstep was last used.',
		kept: 'Every row, as it was.',
		next: 'Check the date of this device, and say here whether it is right.',
	});
