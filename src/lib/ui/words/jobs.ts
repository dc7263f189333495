import type { Progress, ProgressStep, RefusalReason } from '$lib/contracts';
import { bytes, duration, number, percent } from './intl';

const STEPS: Record<ProgressStep, { readonly doing: string; readonly unit: string }> = {
	reading: { doing: 'Reading the file', unit: 'bytes' },
	checking: { doing: 'Checking rows', unit: 'rows' },
	writing: { doing: 'Keeping the homes', unit: 'homes' },
	generating: { doing: 'Building the sample town', unit: 'homes' },
	'measuring-device': { doing: 'Finding out how fast this device computes', unit: 'trials' },
	'learning-homes': { doing: 'Learning what homes have in common', unit: 'steps' },
	'reading-books': { doing: 'Reading your bookings', unit: 'steps' },
	revenue: { doing: 'Forecasting revenue', unit: 'steps' },
	demand: { doing: 'Forecasting demand', unit: 'steps' },
	conversion: { doing: 'Learning which looks become bookings', unit: 'steps' },
	cancellation: { doing: 'Learning which bookings are cancelled', unit: 'steps' },
	price: { doing: 'Learning what prices do', unit: 'steps' },
	'lifetime-value': { doing: 'Learning who comes back', unit: 'steps' },
	replaying: { doing: 'Going through your acts once more', unit: 'acts' },
	erasing: { doing: 'Removing everything from this browser', unit: 'tables' },
	'drawing-noise': { doing: 'Drawing the noise', unit: 'numbers' },
};

const REFUSALS: Record<RefusalReason, { readonly title: string; readonly because: string }> = {
	NoPrice: { title: 'No price', because: 'Left out: a price is needed to compare.' },
	NoPlace: {
		title: 'No place',
		because: 'Left out: without coordinates it can’t stand on the map.',
	},
	NoId: { title: 'No id', because: 'Left out: it could not be told apart next time.' },
	NotANumber: {
		title: 'Text where a number belongs',
		because: 'Left out: the value can’t be read.',
	},
	OutOfRange: {
		title: 'A value that can’t be',
		because: 'Left out: it lies outside what is possible.',
	},
	Repeated: { title: 'The same home again', because: 'Kept once: the first row counts.' },
	Ragged: { title: 'Wrong number of fields', because: 'Left out: its columns have shifted.' },
	FieldTooLong: {
		title: 'A field that is too long',
		because: 'Left out: probably a missing quote.',
	},
};

/** What a long job is doing. */
export function stepWords(step: ProgressStep): string {
	return STEPS[step].doing;
}

/** How far it is: `2,871 of 4,325 homes`, `1.2 MB of 2.2 MB`, or `2,871 homes` while the total is not known. */
export function progressWords({ step, done, total }: Progress, locale?: string): string {
	const { unit } = STEPS[step];
	if (unit === 'bytes')
		return total === undefined
			? bytes(done, locale)
			: `${bytes(done, locale)} of ${bytes(total, locale)}`;
	if (total === undefined) return `${number(done, 0, locale)} ${unit}`;
	// One step whose parts are counted.
	if (total === 1) return percent(Math.min(1, done), 0, locale);
	return `${number(done, 0, locale)} of ${number(total, 0, locale)} ${unit}`;
}

/** Share done between 0 and 1; `undefined` while the total is not known. */
export function progressShare({ done, total }: Progress): number | undefined {
	return total === undefined || total <= 0 ? undefined : Math.min(1, Math.max(0, done / total));
}

/**
 * `about 4 s left`, from the pace so far; empty in the first second and while the total is not known.
 *
 * @param seconds since the step began
 */
export function timeLeftWords(progress: Progress, seconds: number, locale?: string): string {
	const share = progressShare(progress);
	if (share === undefined || share <= 0 || seconds < 1) return '';
	const left = (seconds * (1 - share)) / share;
	return left < 1 ? 'almost done' : `about ${duration(left, locale)} left`;
}

/** Why a row was refused, in a few words: `No price`. */
export function refusalTitle(reason: RefusalReason): string {
	return REFUSALS[reason].title;
}

/** What was done with such rows and why. */
export function refusalBecause(reason: RefusalReason): string {
	return REFUSALS[reason].because;
}
