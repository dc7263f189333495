import type {
	Act,
	ActKind,
	ActPage,
	Channel,
	Purpose,
	RememberedAct,
	Standing,
} from '$lib/contracts';
import { actsExpireBefore } from '$workers/privacy/retention';
import { ACT_KINDS, CHANNELS, DISMISS_REASONS } from './act-codes';
import type { ProfileDatabase } from './database';
import { Dictionary } from './dictionary';
import { Log, type LogRow, type LogTable, type Sequenced } from './log';
import { allowRead, mayRead } from './reading';
import { StandingMarks } from './standing-marks';

/** Interactions: the append-only log that taste is learned from and evaluated with. */
export const INTERACTION = {
	name: 'interaction',
	schema: 1,
	columns: {
		instant: 'f64',
		/** Minutes east of UTC. */
		offset: 'i16',
		session: 'u32',
		property: 'u32',
		kind: 'u8',
		channel: 'u8',
		position: 'u16',
		ranker: 'u16',
		propensity: 'f32',
		seconds: 'f32',
		reason: 'u8',
		/** Number of the search's filters in their side table. */
		note: 'u32',
		/** 1: learning was on when it happened. */
		consent: 'u8',
		/** Whose search it was; 0 is the person at the device. */
		seeker: 'u8',
	},
} as const;

type ActRow = LogRow<(typeof INTERACTION)['columns']>;

const NO_POSITION = 65_535;
/** A pause this long begins a new session. */
const SESSION_GAP = 30 * 60_000;

export class ActRepository {
	private readonly log: Log<(typeof INTERACTION)['columns']>;
	private readonly rankers: Dictionary;
	private readonly notes: Dictionary;
	private marks = new StandingMarks(0);
	private session = 0;
	private lastInstant = -Infinity;

	constructor(private readonly database: ProfileDatabase) {
		this.log = new Log(database, INTERACTION);
		this.rankers = new Dictionary(database, 'ranker');
		this.notes = new Dictionary(database, 'interaction_note');
	}

	/**
	 * Writes acts down; answers once they are on disk.
	 *
	 * @param consent what holds now
	 * @param offset minutes east of UTC
	 * @param seeker whose search they belong to
	 */
	async record(acts: readonly Act[], consent: boolean, offset: number, seeker = 0): Promise<void> {
		if (acts.length === 0) return;
		await this.usingNotes(acts, async () => {
			await this.continueSession(acts[0]?.instant ?? 0);
			await this.log.append(acts.map((act) => this.toRow(act, consent, offset, seeker)));
		});
		this.lastInstant = acts.at(-1)?.instant ?? this.lastInstant;
	}

	/**
	 * Acts from a number on, and where the log stands; `edits` changes when acts were forgotten. None
	 * where they were taken out of the purpose.
	 */
	async since(
		from: number,
		purpose: Purpose,
	): Promise<{
		readonly acts: readonly RememberedAct[];
		readonly edits: number;
		readonly next: number;
	}> {
		const allowed = await mayRead(this.database, 'interaction', purpose);
		const noted = await mayRead(this.database, 'interaction_note', purpose);
		const head = await this.log.head();
		await this.loadTexts();
		const rows = allowed ? this.log.toRows(await this.log.scan(from)) : [];
		const acts = rows.map((row) => this.toAct(noted ? row : { ...row, note: 0 }));
		return { acts, edits: head.edits, next: head.next };
	}

	async head() {
		return this.log.head();
	}

	/** Newest first; of one search, or of all. */
	async page(
		kinds: readonly ActKind[],
		offset: number,
		limit: number,
		purpose: Purpose,
		seeker?: number,
	): Promise<ActPage> {
		await allowRead(this.database, 'interaction', purpose);
		await this.loadTexts();
		const codes = new Set(kinds.map((kind) => ACT_KINDS.indexOf(kind)));
		const rows = this.log
			.toRows(await this.log.scan())
			.filter((row) => codes.has(row.kind) && (seeker === undefined || row.seeker === seeker));
		const page = rows.reverse().slice(offset, offset + limit);
		return { acts: page.map((row) => this.toAct(row)), total: rows.length };
	}

	/** What stands after everything that was done and taken back, in one search or in all. */
	async standing(purpose: Purpose, seeker?: number): Promise<Standing> {
		await allowRead(this.database, 'interaction', purpose);
		const { edits } = await this.log.head();
		if (this.marks.edits !== edits || this.marks.seeker !== seeker)
			this.marks = new StandingMarks(edits, seeker);
		const { marks } = this;
		marks.add(await this.log.scan(marks.next));
		return marks.standing();
	}

	/** The numbers of all acts of one search. */
	async sequencesOf(seeker: number, purpose: Purpose): Promise<readonly number[]> {
		await allowRead(this.database, 'interaction', purpose);
		return this.log
			.toRows(await this.log.scan())
			.filter((row) => row.seeker === seeker)
			.map(({ sequence }) => sequence);
	}

	async forget(sequences: readonly number[]): Promise<readonly RememberedAct[]> {
		await this.loadTexts();
		const removed = await this.log.remove(new Set(sequences));
		return removed.map((row) => this.toAct(row));
	}

	/** Takes back a forgetting: the acts stand again under their old numbers. */
	async remember(acts: readonly RememberedAct[], offset: number): Promise<void> {
		await this.usingNotes(acts, () =>
			this.log.restore(
				acts.map((act) => ({
					...this.toRow(act, act.consent, offset, act.seeker),
					session: act.session,
					sequence: act.sequence,
				})),
			),
		);
	}

	/** When each act happened, UTC milliseconds. */
	async instants(purpose: Purpose): Promise<Float64Array> {
		const instants = (await this.table(purpose)).columns.instant?.values ?? [];
		return Float64Array.from(instants);
	}

	/** Removes what is older than acts are kept, in one transaction; answers how many. */
	async expire(now: number, days?: number): Promise<number> {
		const before = actsExpireBefore(now, days);
		const rows = this.log.toRows(await this.log.scan());
		const old = rows.filter((row) => row.instant < before).map((row) => row.sequence);
		if (old.length) await this.log.remove(new Set(old));
		return old.length;
	}

	/** Texts that no act refers to any more. */
	async idleNotes(): Promise<number> {
		return this.notes.countAllBut(await this.usedNotes());
	}

	/** Blanks the texts that no act refers to any more, however the acts went; answers how many. */
	async blankIdleNotes(): Promise<number> {
		return navigator.locks.request(this.notesLock(), async () =>
			this.notes.blankAllBut(await this.usedNotes()),
		);
	}

	/** The log as it is stored, for export and for counting. */
	async table(purpose: Purpose): Promise<LogTable> {
		await allowRead(this.database, 'interaction', purpose);
		return this.log.scan();
	}

	totals() {
		return this.log.totals();
	}

	/** Gives texts their numbers; none is blanked between that and the writing of their acts. */
	private async usingNotes(acts: readonly Act[], write: () => Promise<void>): Promise<void> {
		await navigator.locks.request(this.notesLock(), { mode: 'shared' }, async () => {
			await this.rankers.add(acts.flatMap((act) => act.ranker ?? []));
			await this.notes.add(acts.flatMap((act) => act.filter ?? []));
			await write();
		});
	}

	private async usedNotes(): Promise<Set<number>> {
		return new Set((await this.log.scan()).columns.note?.values ?? []);
	}

	private notesLock(): string {
		return `${this.database.name}/notes in use`;
	}

	private async loadTexts(): Promise<void> {
		await Promise.all([this.rankers.load(), this.notes.load()]);
	}

	private async continueSession(instant: number): Promise<void> {
		if (this.session === 0) {
			const rows = this.log.toRows(
				await this.log.scan(Math.max(0, (await this.log.head()).next - 1)),
			);
			this.session = rows.at(-1)?.session ?? 0;
			this.lastInstant = rows.at(-1)?.instant ?? -Infinity;
		}
		if (instant - this.lastInstant > SESSION_GAP) this.session++;
	}

	private toRow(act: Act, consent: boolean, offset: number, seeker: number): ActRow {
		return {
			instant: act.instant,
			offset,
			session: this.session,
			property: act.property,
			kind: ACT_KINDS.indexOf(act.kind),
			channel: CHANNELS.indexOf(act.channel),
			position: act.position ?? NO_POSITION,
			ranker: act.ranker ? this.rankers.numberOf(act.ranker) : 0,
			propensity: act.propensity ?? 1,
			seconds: act.seconds ?? 0,
			reason: Math.max(0, DISMISS_REASONS.indexOf(act.reason ?? null)),
			note: act.filter ? this.notes.numberOf(act.filter) : 0,
			consent: consent ? 1 : 0,
			seeker,
		};
	}

	private toAct(row: Sequenced<ActRow>): RememberedAct {
		const reason = DISMISS_REASONS[row.reason];
		return {
			sequence: row.sequence,
			session: row.session,
			seeker: row.seeker,
			consent: row.consent === 1,
			kind: ACT_KINDS[row.kind] as ActKind,
			property: row.property,
			instant: row.instant,
			channel: CHANNELS[row.channel] as Channel,
			propensity: row.propensity,
			...(row.position === NO_POSITION ? {} : { position: row.position }),
			...(row.ranker ? { ranker: this.rankers.textOf(row.ranker) } : {}),
			...(row.seconds ? { seconds: row.seconds } : {}),
			...(reason ? { reason } : {}),
			...(row.note ? { filter: this.notes.textOf(row.note) } : {}),
		};
	}
}
