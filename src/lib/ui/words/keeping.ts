import type {
	DatedTable,
	RetainedTable,
	RetentionCost,
	RetentionPreview,
	RetentionReport,
} from '$lib/contracts';
import { figures, sentence } from './count';
import { figureName, figureValue, figureWords } from './figures';
import { list, number, percent } from './intl';
import { missingWords } from './missing';
import { modelName } from './models';

const DAY = 86_400_000;

interface TableSays {
	/** What its rows are. */
	readonly rows: readonly [one: string, many: string];
	/** What is dated: `after departure`. */
	readonly counted: string;
	/** What the oldest row is called; `the oldest of` unless told otherwise. */
	readonly oldest?: string;
	/** What else goes, and what does not. */
	readonly says: string;
}

const TABLES: Record<DatedTable, TableSays> = {
	interaction: {
		rows: ['act', 'acts'],
		counted: 'after you did it',
		says: 'What you saved, looked at and dismissed. The words of a search go with the last act that used them.',
	},
	fact_booking_detail: {
		rows: ['booking', 'bookings'],
		counted: 'after departure',
		says: 'A guest goes with the last booking that is left of them.',
	},
	dim_user: {
		rows: ['guest', 'guests'],
		counted: 'after their last stay',
		oldest: 'the longest gone left on',
		says: 'All bookings of a guest go with them.',
	},
	fact_property_engagement: {
		rows: ['look', 'looks'],
		counted: 'after it happened',
		says: 'Who looked at which of your homes, and what came of it.',
	},
	fact_booking_daily: {
		rows: ['night', 'nights'],
		counted: 'after the night',
		says: 'What you asked for each night and whether it was let. No person is in it.',
	},
	run: {
		rows: ['retired version', 'retired versions'],
		counted: 'after it was trained',
		says: 'Versions of models that are out of use, with what they had learned. You can’t go back to a version that is gone.',
	},
};

const ROWS: Record<RetainedTable, readonly [one: string, many: string]> = {
	interaction: TABLES.interaction.rows,
	interaction_note: ['search text', 'search texts'],
	fact_booking_detail: TABLES.fact_booking_detail.rows,
	dim_user: TABLES.dim_user.rows,
	fact_property_engagement: TABLES.fact_property_engagement.rows,
	fact_booking_daily: TABLES.fact_booking_daily.rows,
	run: TABLES.run.rows,
	model: ['model', 'models'],
};

/** Tables that have no period, and why. */
export const WITHOUT_PERIOD: readonly {
	readonly tables: readonly string[];
	readonly why: string;
}[] = [
	{
		tables: ['ledger'],
		why: 'Always: with its oldest entries gone, nobody could check that none is missing. It holds counts, never a value of yours.',
	},
	{
		tables: ['release'],
		why: 'Always: a budget that forgets what was spent could be spent again.',
	},
	{
		tables: ['consent'],
		why: 'Always: it says what Doorstep may not do, and for how long it keeps what.',
	},
	{
		tables: ['interaction_note'],
		why: 'As long as an act uses them: the words of a search go with the last of these.',
	},
	{
		tables: ['taste_edit'],
		why: 'Until you take one back: a correction has no date, and holds until you change your mind.',
	},
	{
		tables: ['seeker'],
		why: 'Until you end the search: its acts and corrections go with it.',
	},
	{
		tables: ['saved_search'],
		why: 'Until you delete one: a saved search waits for homes that are not there yet.',
	},
	{
		tables: ['model_pack'],
		why: 'Until the site has a newer one: the same file is on everybody’s device, and your own part of it is one figure, how well it did on your acts.',
	},
	{
		tables: ['model'],
		why: 'Until trained anew. What was learned goes at once when rows that it was learned from go.',
	},
	{
		tables: ['dim_managed_property', 'dim_holiday', 'choice', 'setting'],
		why: 'Until erased: they have no dates by which they could grow old.',
	},
	{
		tables: ['feature_table'],
		why: 'Until erased or replaced: a table of features comes from a file as a whole.',
	},
	{
		tables: ['dim_property', 'dictionary'],
		why: 'Until a new catalogue takes its place; the numbers of homes until erased.',
	},
];

const PERIODS = [90, 180, 365, 730, 1095, 1825] as const;
const ERASED = 'erased';

/** `3 months`, `1 year`, `2 years`, `45 days`. */
export function periodWords(days: number, locale?: string): string {
	if (days % 365 === 0) return figures(days / 365, 'year', 'years', locale);
	if (days === 90) return '3 months';
	if (days === 180) return '6 months';
	return figures(days, 'day', 'days', locale);
}

/** `until erased`, `2 years after departure`. */
export function keptWords(table: DatedTable, days: number | null, locale?: string): string {
	return days === null ? 'until erased' : `${periodWords(days, locale)} ${TABLES[table].counted}`;
}

/** What can be chosen; a period that was set elsewhere is among them. */
export function periodOptions(
	now: number | null,
	locale?: string,
): readonly { readonly value: string; readonly label: string }[] {
	const days = new Set<number>([...PERIODS, ...(now === null ? [] : [now])]);
	return [
		{ value: ERASED, label: 'Until erased' },
		...[...days]
			.sort((a, b) => a - b)
			.map((period) => ({ value: String(period), label: periodWords(period, locale) })),
	];
}

export const periodOf = (value: string): number | null => (value === ERASED ? null : Number(value));
export const optionOf = (days: number | null): string => (days === null ? ERASED : String(days));

export const tableSays = (table: DatedTable): string => TABLES[table].says;

/** What the period is counted from: `Kept, after departure`. */
export const keptLabel = (table: DatedTable): string => `Kept, ${TABLES[table].counted}`;

/** `312 acts`. */
export function rowsOf(table: RetainedTable, rows: number, locale?: string): string {
	return figures(rows, ...ROWS[table], locale);
}

/** `5,204 bookings, the oldest of 12 May 2023`; an empty table is said so. */
export function heldWords(
	table: DatedTable,
	rows: number,
	oldest: number,
	locale?: string,
): string {
	if (rows === 0) return `No ${ROWS[table][1]}`;
	const day = dayWords(oldest, locale);
	if (!day) return rowsOf(table, rows, locale);
	const of = TABLES[table].oldest ?? (rows === 1 ? 'of' : 'the oldest of');
	return `${rowsOf(table, rows, locale)}, ${of} ${day}`;
}

/** `12 May 2023`; empty where it is not known. */
export function dayWords(instant: number, locale?: string): string {
	if (!Number.isFinite(instant)) return '';
	return new Date(instant).toLocaleDateString(locale, {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
		timeZone: 'UTC',
	});
}

/** What a period would remove: `1,812 bookings of 5,204 would go.` */
export function wouldGo(table: DatedTable, past: number, rows: number, locale?: string): string {
	if (rows === 0) return 'There is nothing to remove.';
	if (past === 0) return 'Nothing would go now.';
	if (rows === 1) return 'It would go now.';
	if (past === rows) return `${sentence(`all ${rowsOf(table, rows, locale)}`)} would go now.`;
	return `${number(past, 0, locale)} of ${rowsOf(table, rows, locale)} would go now.`;
}

/** The title of the dialog: `Remove 1,812 bookings now?` */
export function removeTitle(table: DatedTable, past: number, locale?: string): string {
	return `Remove ${rowsOf(table, past, locale)} now?`;
}

/** `On 22 Nov 2026, 312 acts older than 2 years and 4 models were removed.` */
export function reportWords({ instant, removed }: RetentionReport, locale?: string): string {
	const day = new Date(instant).toLocaleDateString(locale, {
		day: 'numeric',
		month: 'short',
		year: 'numeric',
	});
	if (removed.length === 0) return `On ${day}, nothing was past its time.`;
	const parts = removed.map(({ days, rows, table }) =>
		OF_THEIR_OWN.has(table) && days > 0
			? `${rowsOf(table, rows, locale)} older than ${periodWords(days, locale)}`
			: rowsOf(table, rows, locale),
	);
	const one = removed.length === 1 && removed[0]?.rows === 1;
	return `On ${day}, ${list(parts)} ${one ? 'was' : 'were'} removed.`;
}

/** The others have no date of their own: they went with these. */
const OF_THEIR_OWN: ReadonlySet<string> = new Set<RetainedTable>([
	'interaction',
	'fact_booking_detail',
	'fact_property_engagement',
	'fact_booking_daily',
	'run',
]);

/** `Revenue would be off by 9.1% instead of 8.3%.`, or why that can't be told. */
export function costSentence(cost: RetentionCost, locale?: string): string {
	if (cost.model === 'taste') return tasteSentence(cost, locale);
	const model = modelName(cost.model);
	if (cost.missingNow) return `${model}: there is no figure now, so nothing to lose yet.`;
	if (cost.missingAfter)
		return `${model} could not be learned any more. ${missingWords(cost.model, cost.missingAfter, locale).says}`;
	const [after, now] = [cost.after, cost.now].map((value) =>
		figureValue(cost.figure, value, locale),
	);
	if (after === now) return `${model} would ${would(cost.figure, cost.now, locale)}, as now.`;
	return `${model} would ${would(cost.figure, cost.after, locale)} instead of ${now}.`;
}

/** What a figure does in a sentence: `be off by 9.1%`, `tell 71 in 100 pairs apart`. */
function would(figure: string, value: number, locale?: string): string {
	const words = figureWords(figure, value, locale);
	if (words.startsWith('off by')) return `be ${words}`;
	if (words.startsWith('tells')) return `tell ${figureValue(figure, value, locale)} pairs apart`;
	return `have a ${figureName(figure).toLowerCase()} of ${figureValue(figure, value, locale)}`;
}

function tasteSentence({ after, cases, now }: RetentionCost, locale?: string): string {
	if (cases === 0)
		return 'Suggestions would be as good as now: you saved no home after an act that would be gone.';
	if (Number.isNaN(now))
		return `There are too few acts to tell: ${figures(cases, 'home was', 'homes were', locale)} saved late enough to be tried, and it takes 10.`;
	const share = (value: number) => percent(value, 0, locale);
	const said = `Of ${figures(cases, 'home', 'homes', locale)} that you saved,`;
	if (share(now) === share(after))
		return `${said} ${share(after)} would have stood among the first 20, as with all acts.`;
	return `${said} ${share(after)} would have stood among the first 20 instead of ${share(now)}.`;
}

/** What was measured, above the sentences. */
export function previewTitle(
	{ costs, days, rows, table }: RetentionPreview,
	locale?: string,
): string {
	const kept = keptWords(table, days, locale);
	if (rows === 0) return `Kept ${kept}: nothing would go, so nothing is lost`;
	if (costs.length === 0) return `Kept ${kept}: no model learns from these rows`;
	return `Kept ${kept}, without ${rowsOf(table, rows, locale)}`;
}

/** How it was measured. */
export function previewProtocol({ table }: RetentionPreview): string {
	return table === 'interaction'
		? 'Your acts were gone through once more: before each home that you saved, homes were ranked by what was known then, from all acts and from those of the period alone.'
		: 'Each model was trained twice, with these rows and without, and tried on the same last days. Nothing was changed. Small differences are chance.';
}

/** `10 months`: how far the clock jumped. */
export function jumpWords(clock: number, trusted: number, locale?: string): string {
	const days = Math.round((clock - trusted) / DAY);
	return figures(days, 'day', 'days', locale);
}
