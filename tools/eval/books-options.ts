import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import type { ProtocolOptions } from '$workers/models/on-the-books';
import type { Books } from '$workers/table/bookings';
import { parseCivilDay } from '$workers/table/civil';
import { readBooks } from './books';
import { EvaluationError, type Options } from './evaluation';

const DEFAULT_SEED = 1;

export interface BooksOptions {
	readonly books: Books;
	readonly protocol: ProtocolOptions;
	readonly seed: number;
	readonly run: Run;
}

/** What `revenue` and `demand` are asked for: a file, a hotel of it, origins and a seed. */
export async function readHotelOptions(options: Options): Promise<BooksOptions> {
	const { csv = '', hotel, from, to, every, seed: seedText } = options;
	const seed = seedText === undefined ? DEFAULT_SEED : wholeNumber('seed', seedText);
	const protocol: ProtocolOptions = {
		...(from !== undefined && { from: dayOf('from', from) }),
		...(to !== undefined && { to: dayOf('to', to) }),
		...(every !== undefined && { every: Math.max(1, wholeNumber('every', every)) }),
	};
	const run: Run = {
		cancelled: () => false,
		random: seededRandom(seed),
		onProgress: () => undefined,
	};
	return { books: await readBooks(csv, hotel), protocol, seed, run };
}

function dayOf(name: string, text: string): number {
	const day = parseCivilDay(text);
	if (!Number.isFinite(day)) throw new EvaluationError(`--${name} is a date like 2016-09-30`);
	return day;
}

function wholeNumber(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError(`--${name} is a whole number`);
	return Number(text);
}

/** What is asked of a model cannot be done with these options: said as such. */
export async function withOptions<Result>(work: Promise<Result>): Promise<Result> {
	try {
		return await work;
	} catch (error) {
		if (error instanceof RangeError) throw new EvaluationError(error.message);
		throw error;
	}
}
