/** A manager's model trained on books that forgot, against one trained on books that never knew. */
import { describe, expect, it } from 'vitest';
import { forgetGuest } from '$workers/data/forget-books';
import { booksOf } from '$workers/data/importers/books/books-of';
import { trainCancellation } from '$workers/models/conversion';
import { trainLifetimeValue } from '$workers/models/lifetime-value';
import { overview } from '$workers/models/overview';
import type { Trained } from '$workers/models/trained';
import { insightModelsOf, modelsOf, unlearnedBy } from '$workers/privacy/rights-models';
import { largestDifference } from '$workers/roots/trust/largest-difference';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { nameAt } from '$workers/table/column';
import { plainRun } from '../conformance/learner';
import { plainMapping, read } from '../support/books';
import { csv } from '../support/csv';

const HEADER = ['guest', 'country', 'property', 'booked_on', 'arrives_on', 'nights', 'total'];
const drawn = sampleBooks({ seed: 'unlearn', guests: 900, managed: 8, years: 2 });
const date = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** The sample's bookings of some guests as a file, read. */
async function fromFile(takes: (guest: number) => boolean = () => true): Promise<Books> {
	const { columns } = drawn.bookings;
	const rows = Array.from({ length: drawn.bookings.count }, (_, row) => row)
		.filter((row) => takes(columns.guest.values[row] as number))
		.map((row) => ({
			guest: `guest ${columns.guest.values[row]}`,
			country: nameAt(drawn.guests.columns.country, columns.guest.values[row] as number),
			property: `home ${columns.property.values[row]}`,
			booked_on: date(columns.booked_on.values[row] as number),
			arrives_on: date(columns.arrives_on.values[row] as number),
			nights: String(columns.nights.values[row]),
			total: (columns.total.values[row] as number).toFixed(2),
			status: nameAt(columns.status, row),
			cancelled_on: Number.isNaN(columns.cancelled_on.values[row])
				? ''
				: date(columns.cancelled_on.values[row] as number),
		}));
	const names = [...HEADER, 'status'];
	const columnsOf = Object.fromEntries(names.map((name) => [name, [name]]));
	const mapping = plainMapping({
		columns: { ...columnsOf, guest_country: ['country'], cancelled_on: ['cancelled_on'] },
	});
	return booksOf(await read(csv(rows), mapping, { today: drawn.asOf }));
}

/** A guest in the middle, with two bookings or more: the file's first rows stay. */
const guest = Array.from(drawn.bookings.columns.guest.values).find(
	(own, row, all) => row > 300 && all.indexOf(own) > 100 && all.lastIndexOf(own) > row,
) as number;
const whole = await fromFile();
const [key = ''] = (await fromFile((own) => own === guest)).guests.columns.key.values;
const forgot = forgetGuest(whole, key).books;
const never = { ...(await fromFile((own) => own !== guest)), asOf: whole.asOf };

function ready<Answer>(trained: Trained<Answer>) {
	if (!trained.ready) throw new Error(`not ready: ${trained.missing.reason}`);
	return trained;
}

describe('books that forgot a guest', () => {
	it('are byte for byte those that never had the guest', () => {
		expect(forgot).toEqual(never);
		expect(forgot.bookings.count).toBeLessThan(whole.bookings.count);
	});

	it.each([
		['lifetime value', trainLifetimeValue],
		['cancellation', trainCancellation],
	] as const)('teach the model of %s the same, to the last bit', async (_, train) => {
		const unlearned = ready<unknown>(await train(forgot, plainRun()));
		const scratch = ready<unknown>(await train(never, plainRun()));
		expect(largestDifference(unlearned.answer, scratch.answer)).toBe(0);
		expect(new Uint8Array(unlearned.buffer)).toEqual(new Uint8Array(scratch.buffer));
		const knowing = ready<unknown>(await train(whole, plainRun()));
		expect(largestDifference(knowing.answer, scratch.answer)).toBeGreaterThan(0);
	});

	it('give the same overview', () => {
		expect(largestDifference(overview(forgot, 'month'), overview(never, 'month'))).toBe(0);
	});
});

describe('which models a forgetting frees', () => {
	it('are those that learn from a table of which rows went', () => {
		expect(modelsOf([{ table: 'fact_booking_daily', rows: 3 }])).toEqual(['price']);
		expect(insightModelsOf([{ table: 'interaction', rows: 1 }])).toEqual([]);
		expect(modelsOf([{ table: 'fact_booking_detail', rows: 0 }])).toEqual([]);
		expect(insightModelsOf([{ table: 'fact_booking_detail', rows: 1 }])).toHaveLength(6);
	});

	it('says of each that stands whether it waits or never saw the rows', () => {
		expect(unlearnedBy([{ table: 'fact_booking_detail', rows: 2 }], ['revenue', 'taste'])).toEqual([
			{ model: 'revenue', method: 'replay', difference: Number.NaN, waiting: true },
			{ model: 'taste', method: 'never-saw', difference: 0, waiting: false },
		]);
	});
});

describe('the largest difference', () => {
	it.each([
		[{ a: [1, 2] }, { a: [1, 2.5] }, 0.5],
		[{ a: Float64Array.of(1, Number.NaN) }, { a: Float64Array.of(1, Number.NaN) }, 0],
		[{ a: 1 }, { b: 1 }, Infinity],
		[{ a: 1 }, { a: 1, b: 1 }, Infinity],
		[{ a: 'x' }, { a: 'y' }, Infinity],
		[{ a: Number.NaN }, { a: 1 }, Infinity],
		[Infinity, Infinity, 0],
		[null, null, 0],
		[null, {}, Infinity],
	])('of %o and %o is %d', (left, right, expected) => {
		expect(largestDifference(left, right)).toBe(expected);
	});
});
