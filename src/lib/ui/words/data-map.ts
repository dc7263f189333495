import type { FieldClass, MappedModel } from '$lib/contracts';
import type { InsightModel } from '$lib/contracts/insight';
import { number } from './intl';
import { modelName } from './models';
import { dateAndTime } from './time';

const CLASSES: Record<FieldClass, { readonly name: string; readonly says: string }> = {
	public: { name: 'Public', says: 'Stands in a published listing or calendar.' },
	internal: {
		name: 'Internal',
		says: 'Of the house or of the app itself; tells nothing of a person.',
	},
	personal: { name: 'Personal', says: 'About one person, with or without a name.' },
	sensitive: {
		name: 'Sensitive',
		says: 'About one person, and tells more than it seems to: whereabouts, wishes, typed words.',
	},
};

export const fieldClasses = Object.keys(CLASSES) as readonly FieldClass[];
export const classWords = (name: FieldClass): (typeof CLASSES)[FieldClass] => CLASSES[name];

const OTHERS: Readonly<Record<string, string>> = {
	'listing-encoder': 'What homes have in common',
	taste: 'Your taste',
};

/** A model as a person knows it. */
export const standingName = (name: string): string =>
	OTHERS[name] ?? modelName(name as InsightModel);

/** `v1.2`, or the beginning of the catalogue's fingerprint that it was made from. */
export const standingVersion = ({ version }: MappedModel): string =>
	/^[0-9a-f]{16}$/.test(version) ? version.slice(0, 8) : version;

/** When it was trained, or that it is not kept. */
export const standingSince = ({ trainedAt }: MappedModel, locale?: string): string =>
	Number.isNaN(trainedAt) ? 'computed each time' : dateAndTime(trainedAt, locale);

export const standingRows = ({ rows }: MappedModel): string => (rows ? number(rows) : '—');

const PLACES: Readonly<Record<string, string>> = {
	revenue: 'Revenue',
	demand: 'Demand',
	conversion: 'Conversion',
	cancellation: 'Conversion',
	price: 'Prices',
	'lifetime-value': 'Guests',
	'listing-encoder': 'For you',
	taste: 'For you',
};

/** The page that shows what a model says. */
export const placeOf = (model: string): string => PLACES[model] ?? '';

/** Who reads a table: models by their names, other parts as they are called. */
export const readerWords = (reader: string): string =>
	reader in PLACES ? standingName(reader) : reader;
