import { describe, expect, it } from 'vitest';
import { sampleBooks } from '$workers/sample';

const books = sampleBooks({ seed: 'test', managed: 5, guests: 200, years: 1 });

describe('the books of the sample town', () => {
	it('are the same for the same seed', () => {
		expect(sampleBooks({ seed: 'test', managed: 5, guests: 200, years: 1 })).toEqual(books);
	});

	it('name properties by their place in the property table', () => {
		expect(books.properties.count).toBe(5);
		for (const facts of [books.bookings, books.engagement, books.daily]) {
			const property = facts.columns.property as { values: ArrayLike<number> };
			expect(Math.max(...Array.from(property.values))).toBeLessThan(5);
		}
	});

	it('name each guest once', () => {
		expect(new Set(books.guests.columns.key.values).size).toBe(books.guests.count);
	});

	it('hold nothing that was made after the day on which they were taken', () => {
		expect(Math.max(...books.bookings.columns.booked_on.values)).toBeLessThan(books.asOf);
		expect(books.sample).toBe(true);
	});
});
