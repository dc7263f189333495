import { describe, expect, it } from 'vitest';
import type { InsightModel } from '$lib/contracts';
import { seededRandom } from '$workers/math/random';
import { MODEL_TABLES } from '$workers/privacy/model-tables';
import type { TableName } from '$workers/privacy/tables';
import { TRAINERS } from '$workers/roots/trainers';
import { sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';

/** The parts of the books that are tables, by the tables they are stored as. */
const STORED: Partial<Record<keyof Books, TableName>> = {
	properties: 'dim_managed_property',
	guests: 'dim_user',
	bookings: 'fact_booking_detail',
	extras: 'fact_booking_detail',
	daily: 'fact_booking_daily',
	engagement: 'fact_property_engagement',
	holidays: 'dim_holiday',
};

/** Books that note which of their tables are asked for. */
function watched(books: Books) {
	const touched = new Set<TableName>();
	const own = new Proxy(books, {
		get(target, name: keyof Books) {
			const table = STORED[name];
			if (table) touched.add(table);
			return target[name];
		},
	});
	return { own, touched };
}

describe('the tables that a model is declared to learn from', () => {
	const books = sampleBooks({ seed: 1, managed: 8, guests: 1_200, years: 2 });

	it.each(Object.keys(TRAINERS) as InsightModel[])(
		'are those that the training of %s touches',
		async (model) => {
			const { own, touched } = watched(books);
			const train = await TRAINERS[model]();
			const trained = await train(own, {
				cancelled: () => false,
				random: seededRandom(1),
				onProgress: () => undefined,
			});
			expect(trained.ready).toBe(true);
			expect([...touched].sort()).toEqual([...MODEL_TABLES[model]].sort());
		},
		120_000,
	);
});
