import type {
	Archive,
	ChanceRow,
	Contribution,
	InsightModel,
	LearnedOfSelf,
	LifetimeGuest,
	Share,
} from '$lib/contracts';
import { ACT_KINDS } from '$workers/data/act-codes';
import { withoutIdentity } from '$workers/data/books';
import { readConsent } from '$workers/data/consents';
import { type ArchivePart, zipArchive } from '$workers/data/exporters/archive';
import {
	dayText,
	instantText,
	plainNumber,
	type PlainRow,
	plainRows,
} from '$workers/data/exporters/archive-rows';
import { FaultError } from '$workers/data/fault';
import { bookingsOf, engagementOf, guestOf } from '$workers/data/forget-books';
import { importedTables } from '$workers/data/imported-features';
import type { Repositories } from '$workers/data/repositories';
import { SavedSearchRepository } from '$workers/data/saved-searches';
import { guestConsent } from '$workers/privacy/consent';
import type { Books } from '$workers/table/bookings';
import { type Table, table } from '$workers/table/table';
import { type AnswersAbout, answersAbout, featuresOf } from './rights-found';

/** Everything that is held about one guest, and nothing about anybody else. */
export async function archiveOfGuest(
	here: Repositories,
	key: string,
	now: number,
): Promise<Archive> {
	const stored = await here.books.readStored('export');
	const guest = stored ? guestOf(stored, key) : -1;
	if (!stored || guest < 0) throw nobody();
	const books = withoutIdentity(stored);
	const about = await answersAbout(here, key);
	const parts: ArchivePart[] = [
		...dataOfGuest(books, guest),
		await choicesOfGuest(here, key),
		{
			folder: 'features',
			name: 'guest-features',
			says: 'What models are told about the guest, as of the last day of the books.',
			rows: featuresOf(books, guest).map(({ name, value }) => ({
				feature: name,
				value: typeof value === 'number' ? plainNumber(value) : value,
			})),
		},
		...(await importedOf(here, key)),
		...about.flatMap((each) => answersOf(each, books)),
	];
	return archived(here, parts, now, 'A guest’s data', 'All that is held about one guest.');
}

function dataOfGuest(books: Books, guest: number): ArchivePart[] {
	const { bookings, engagement, extras, guests } = books;
	const booked = { ...bookings.columns, ...extras };
	return [
		{
			folder: 'data',
			name: 'guest',
			says: 'The guest as the books know them. There is no name in it.',
			rows: plainRows(guests as unknown as Table, [guest], ['first_seen']),
		},
		{
			folder: 'data',
			name: 'bookings',
			says: 'Every booking, cancelled ones too.',
			rows: atHomes(
				books,
				plainRows(table(booked), bookingsOf(books, guest), [
					'booked_on',
					'arrives_on',
					'cancelled_on',
				]),
			),
		},
		{
			folder: 'data',
			name: 'looks',
			says: 'What the guest looked at before booking.',
			rows: atHomes(
				books,
				plainRows(engagement as unknown as Table, engagementOf(books, guest)),
			).map((row) => ({ ...row, instant: instantText(Number(row.instant)) })),
		},
	];
}

/** Homes by their titles in place of row numbers; the guest's own row number says nothing. */
function atHomes({ properties }: Books, rows: readonly PlainRow[]): PlainRow[] {
	return rows.map((row) =>
		Object.fromEntries(
			Object.entries(row).flatMap(([name, cell]) => {
				if (name === 'guest') return [];
				const home = properties.columns.title.values[Number(cell)] ?? '';
				return name === 'property' ? [['home', home]] : [[name, cell]];
			}),
		),
	);
}

async function choicesOfGuest(here: Repositories, key: string): Promise<ArchivePart> {
	const { objected, restricted } = guestConsent(await readConsent(here.database), key);
	return {
		folder: 'data',
		name: 'choices',
		says: 'What the guest asked for: restriction, and objection to models.',
		rows: [{ restricted, objected }],
	};
}

async function importedOf(here: Repositories, key: string): Promise<ArchivePart[]> {
	const tables = await importedTables(here.database, 'export');
	return [...tables].flatMap(([name, whole]): ArchivePart[] => {
		const keys = whole.columns.key;
		if (keys?.type !== 'text') return [];
		const own = Array.from(keys.values.keys()).filter((row) => keys.values[row] === key);
		if (own.length === 0) return [];
		const says = 'Features of the guest that came as a file.';
		return [
			{ folder: 'features', name: `imported-${name}`, says, rows: plainRows(whole, own, ['day']) },
		];
	});
}

const SAYS: Partial<Readonly<Record<InsightModel, string>>> = {
	'lifetime-value': 'What the guest is expected to bring in over twelve months.',
	cancellation: 'The chance that a booking to come is cancelled.',
	conversion: 'The chance that a visit becomes a booking.',
};

function answersOf({ model, rows, run }: AnswersAbout, books: Books): ArchivePart[] {
	const by = `${run.name}, trained ${instantText(run.trainedAt) ?? ''}`;
	const says = SAYS[model] ?? '';
	const told: { readonly prediction: PlainRow; readonly shares: readonly PlainRow[] }[] =
		model === 'lifetime-value'
			? (rows as LifetimeGuest[]).map(lifetime)
			: (rows as ChanceRow[]).map((row) => chance(row, books));
	return [
		{
			folder: 'predictions',
			name: model,
			says: `${says} By ${by}.`,
			rows: told.map(({ prediction }) => prediction),
		},
		{
			folder: 'explanations',
			name: model,
			says: `What each prediction is made of, part by part. By ${by}.`,
			rows: told.flatMap(({ shares }) => shares),
		},
	];
}

function lifetime({ churn, churnRisk, factors, segment, value }: LifetimeGuest) {
	return {
		prediction: {
			value: plainNumber(value.value),
			low: plainNumber(value.low),
			high: plainNumber(value.high),
			segment,
			chance_of_leaving: plainNumber(churn),
			risk: churnRisk,
		},
		shares: sharesOf('value', factors),
	};
}

function chance(
	{ amount, chance: estimate, day, factors, id, impacts, property }: ChanceRow,
	books: Books,
) {
	const home = books.properties.columns.title.values[property] ?? '';
	return {
		prediction: {
			number: id,
			home,
			day: dayText(day),
			amount: plainNumber(amount),
			chance: plainNumber(estimate.value),
			low: plainNumber(estimate.low),
			high: plainNumber(estimate.high),
		},
		shares: [
			...sharesOf(`${id}, log-odds`, factors),
			...sharesOf(`${id}, points of chance`, impacts),
		],
	};
}

const sharesOf = (of: string, shares: readonly Share[]): PlainRow[] =>
	shares.map(({ feature, share, value }) => ({
		of,
		feature,
		share: plainNumber(share),
		value: typeof value === 'number' ? plainNumber(value) : (value ?? null),
	}));

/** Everything of the person at this device; of the catalogue only the homes that it refers to. */
export async function archiveOfSelf(
	here: Repositories,
	learned: LearnedOfSelf | null,
	now: number,
): Promise<Archive> {
	const { acts, total } = await here.acts.page(ACT_KINDS, 0, Infinity, 'export');
	const saved = await here.acts.standing('export');
	const consent = await readConsent(here.database);
	const homes = await homesOf(
		here,
		new Set([...acts.map(({ property }) => property), ...saved.saved]),
	);
	const parts: ArchivePart[] = [
		{
			folder: 'data',
			name: 'acts',
			says: `All ${total} acts that are remembered, newest first.`,
			rows: acts.map((act) => ({ ...act, instant: instantText(act.instant) })),
		},
		{
			folder: 'data',
			name: 'saved',
			says: 'Homes that are saved, newest first, by their number.',
			rows: Array.from(saved.saved, (property) => ({ property })),
		},
		homes,
		{
			folder: 'data',
			name: 'corrections',
			says: 'What you said of your taste yourself.',
			rows: (await here.tasteEdits.all('export')).map((edit) => ({ ...edit })),
		},
		{
			folder: 'data',
			name: 'searches-for',
			says: 'Whom you look for a home for; their number stands with each act.',
			rows: (await here.seekers.read('export')).all.map(({ since, ...seeker }) => ({
				...seeker,
				since: instantText(since),
			})),
		},
		{
			folder: 'data',
			name: 'saved-searches',
			says: 'Searches that you keep, and how many homes each had found when you last looked.',
			rows: (await new SavedSearchRepository(here.database).all('export')).map(
				({ filter, lookedAt, savedAt, seen, ...search }) => ({
					...search,
					filter: JSON.stringify(filter),
					savedAt: instantText(savedAt),
					lookedAt: instantText(lookedAt),
					seen: seen.length,
				}),
			),
		},
		{
			folder: 'data',
			name: 'settings',
			says: 'Your settings.',
			rows: [{ ...(await here.profiles.settings()) }],
		},
		{
			folder: 'data',
			name: 'consent',
			says: 'What you withdrew and granted, newest first.',
			rows: consent.receipts.map(({ granted, instant, purpose, table: of }) => ({
				instant: instantText(instant),
				purpose,
				table: of,
				granted,
			})),
		},
		...(learned ? learnedParts(learned) : []),
	];
	return archived(here, parts, now, 'Your data', 'All that Doorstep holds about you.');
}

async function homesOf(here: Repositories, wanted: ReadonlySet<number>): Promise<ArchivePart> {
	const catalogue = await here.catalogue.read('export');
	const rows = catalogue
		? Array.from(catalogue.properties.keys()).filter((row) =>
				wanted.has(catalogue.properties[row] as number),
			)
		: [];
	const plain = catalogue ? plainRows(catalogue.homes as unknown as Table, rows) : [];
	return {
		folder: 'data',
		name: 'homes',
		says: 'Homes of the catalogue that your acts refer to. The catalogue itself is not about you.',
		rows: plain.map((home, i) => ({
			property: catalogue?.properties[rows[i] as number] ?? 0,
			...home,
		})),
	};
}

function learnedParts({ explained, taste }: LearnedOfSelf): ArchivePart[] {
	return [
		{
			folder: 'features',
			name: 'taste',
			says: `What was learned of your taste from ${taste.learnedFrom} acts: a weight for each feature.`,
			rows: taste.weights.map(({ edited, feature, learned, off, uncertainty, weight }) => ({
				feature: feature.key,
				weight: plainNumber(weight),
				uncertainty: plainNumber(uncertainty),
				learned: plainNumber(learned),
				edited,
				off,
			})),
		},
		{
			folder: 'predictions',
			name: 'fits',
			says: 'How well each home that you saved is thought to fit you.',
			rows: explained.map(({ explanation, property }) => ({
				property,
				fit: plainNumber(explanation.fit),
				uncertainty: plainNumber(explanation.uncertainty),
				percentile: plainNumber(explanation.percentile),
			})),
		},
		{
			folder: 'explanations',
			name: 'fits',
			says: 'What each fit is made of: the parts of a home add up to its fit.',
			rows: explained.flatMap(({ explanation, property }) =>
				explanation.contributions.map(({ feature, value }: Contribution) => ({
					property,
					feature: feature.key,
					value: plainNumber(value),
				})),
			),
		},
	];
}

async function archived(
	{ ledger }: Repositories,
	parts: readonly ArchivePart[],
	madeAt: number,
	title: string,
	subject: string,
): Promise<Archive> {
	const { entries } = await ledger.page(0, 1, 'export');
	const fingerprint = entries[0]?.fingerprint ?? '';
	return { ...(await zipArchive({ title, subject, madeAt, fingerprint }, parts)), fingerprint };
}

const nobody = () =>
	new FaultError({
		name: 'NotReady',
		message: 'This guest is not in the books any more.',
		kept: 'The books, as they are.',
		next: 'Search again.',
	});
