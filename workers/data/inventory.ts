import type { Purpose, StoredTable } from '$lib/contracts';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';
import type { Books } from '$workers/table/bookings';
import { fromBytes } from './codec';
import { ACT_KINDS, CHANNELS, DISMISS_REASONS } from './act-codes';
import { chunkTotals } from './chunks';
import { readConsent } from './consents';
import type { ProfileDatabase } from './database';
import { packTotals, readPackState } from './pack-record';
import { allowRead } from './reading';
import type { Repositories } from './repositories';
import { RetentionRepository } from './retention';
import { SavedSearchRepository } from './saved-searches';

/** What is stored, table by table, counted now. */
export async function inventory(
	here: Repositories,
): Promise<readonly (StoredTable & { readonly name: TableName })[]> {
	const totals: Record<TableName, { rows: number; bytes: number }> = {
		dim_property: await here.catalogue.totals(),
		dictionary: await here.catalogue.dictionaryTotals(),
		interaction: await here.acts.totals(),
		interaction_note: await chunkTotals(here.database, 'dictionary/interaction_note'),
		taste_edit: await here.tasteEdits.totals(),
		seeker: await here.seekers.totals(),
		saved_search: await new SavedSearchRepository(here.database).totals(),
		dim_managed_property: await here.books.totals('dim_managed_property'),
		dim_user: await here.books.totals('dim_user'),
		fact_booking_detail: await here.books.totals('fact_booking_detail'),
		fact_booking_daily: await here.books.totals('fact_booking_daily'),
		fact_property_engagement: await here.books.totals('fact_property_engagement'),
		dim_holiday: await here.books.totals('dim_holiday'),
		feature_table: await here.books.featureTotals(),
		run: await here.runs.totals(),
		choice: await here.choices.totals(),
		model: await here.models.totals(),
		model_pack: await packTotals(here.database),
		setting: await here.profiles.totals(),
		consent: await recordTotals(here.database, 'consent', 'retention'),
		release: await recordTotals(here.database, 'release/'),
		ledger: await here.ledger.totals(),
	};
	const { choices } = await new RetentionRepository(here.database).read();
	const chosen: Readonly<Record<string, number | null>> = choices;
	return (Object.keys(TABLE_RULES) as TableName[]).map((name) => ({
		name,
		...TABLE_RULES[name],
		...(name in chosen && { keptDays: chosen[name] }),
		...totals[name],
	}));
}

/** Of the records whose key begins with one of these. */
async function recordTotals(database: ProfileDatabase, ...prefixes: string[]) {
	const stored = await database.records.where('key').startsWithAnyOf(prefixes).toArray();
	const bytes = stored.reduce((sum, { sealed }) => sum + sealed.byteLength, 0);
	return { rows: stored.length, bytes };
}

/**
 * Everything of a profile as one JSON file that other programs can read: columns as lists, texts as
 * they stand, models as base64 of their safetensors bytes.
 */
export async function exportEverything(here: Repositories, now: number): Promise<Blob> {
	const purpose: Purpose = 'export';
	await allowRead(here.database, 'setting', purpose);
	const catalogue = await here.catalogue.read(purpose);
	const acts = await here.acts.table(purpose);
	const file = {
		format: 'doorstep-export',
		version: 1,
		exportedAt: new Date(now).toISOString(),
		settings: await here.profiles.settings(),
		catalogue: catalogue && {
			summary: catalogue.summary,
			property: Array.from(catalogue.properties),
			columns: plainColumns(catalogue.homes.columns),
		},
		interaction: {
			codes: { kind: ACT_KINDS, channel: CHANNELS, reason: DISMISS_REASONS },
			columns: plainColumns(acts.columns),
			ranker: await texts(here.database, 'dictionary/ranker'),
			note: await texts(here.database, 'dictionary/interaction_note'),
		},
		tasteEdits: await here.tasteEdits.all(purpose),
		seekers: (await here.seekers.read(purpose)).all,
		savedSearches: await new SavedSearchRepository(here.database).all(purpose),
		books: plainBooks(await here.books.read(purpose)),
		...(await plainRest(here.database, purpose)),
		choices: await here.choices.read(purpose),
		consent: await readConsent(here.database),
		runs: await here.runs.all(purpose),
		pack: await readPackState(here.database, purpose),
		models: await plainModels(here.database),
		ledger: (await here.ledger.page(0, Infinity, purpose)).entries,
	};
	return new Blob([JSON.stringify(file, null, '\t')], { type: 'application/json' });
}

/** What few have, so that its code is loaded when a copy is taken. */
async function plainRest(database: ProfileDatabase, purpose: Purpose) {
	const [{ importedTables }, { MadePackRepository }, { ReleaseRepository }] = await Promise.all([
		import('./imported-features'),
		import('./made-packs'),
		import('./releases'),
	]);
	const features = [...(await importedTables(database, purpose))];
	return {
		features: Object.fromEntries(
			features.map(([name, { columns }]) => [name, plainColumns(columns)]),
		),
		releases: await new ReleaseRepository(database).charges(purpose),
		packsMade: await new MadePackRepository(database).all(purpose),
		keeping: (await new RetentionRepository(database).read()).choices,
	};
}

function plainBooks(books: Books | null): unknown {
	if (!books) return null;
	const { properties, bookings, guests, daily, engagement, holidays, extras } = books;
	return {
		properties: plainColumns(properties.columns),
		bookings: plainColumns({ ...bookings.columns, ...extras }),
		guests: plainColumns(guests.columns),
		daily: plainColumns(daily.columns),
		engagement: plainColumns(engagement.columns),
		holidays: plainColumns(holidays.columns),
	};
}

function plainColumns(columns: Readonly<Record<string, object>>): Record<string, unknown> {
	const plain = Object.entries(columns).map(([name, column]) => {
		const parts = Object.entries(column).map(([part, value]) => [
			part,
			ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value,
		]);
		return [name, Object.fromEntries(parts)];
	});
	return Object.fromEntries(plain) as Record<string, unknown>;
}

async function texts(database: ProfileDatabase, name: string): Promise<string[]> {
	const chunks = await database.chunks.where('table').equals(name).sortBy('chunk');
	const opened = await Promise.all(
		chunks.map((chunk) => database.codec.open(chunk.sealed, `${name}/${chunk.chunk}`)),
	);
	return opened.flatMap((bytes) => fromBytes(bytes) as string[]);
}

async function plainModels(database: ProfileDatabase): Promise<unknown[]> {
	await allowRead(database, 'model', 'export');
	const models = await database.models.toArray();
	return Promise.all(
		models.map(async ({ name, version, trainedAt, sealed }) => ({
			name,
			version,
			trainedAt,
			safetensors: base64(await database.codec.open(sealed, `model/${name}`)),
		})),
	);
}

function base64(buffer: ArrayBuffer): string {
	let text = '';
	for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
	return btoa(text);
}
