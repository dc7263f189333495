import type { Figure, Measure } from './figure';
import type { BooksTimes } from './in-page/books';
import { BOOKS_MODULE, visit } from './site';
import { median } from './timing';

const BOOKINGS = 200_000;
const ROUNDS = 5;
const READ = { atMost: 0.5 };

/** A manager's books, in Chromium's IndexedDB: 16 columns of bookings and 12 of the source's own. */
export const books: Measure = {
	name: 'books',
	run: ({ folder }) =>
		visit(folder, {}, async ({ site, page }) => {
			await page.goto(site.address);
			const times: BooksTimes = await page.evaluate(
				`import(${JSON.stringify(BOOKS_MODULE)}).then(({ timeBooks }) => timeBooks(${BOOKINGS}, ${ROUNDS + 1}))`,
			);
			const all = times.found === BOOKINGS;
			const seconds = ([, ...rounds]: number[]) => (all ? median(rounds) / 1000 : NaN);
			const what = `${BOOKINGS.toLocaleString('en')} bookings`;
			const lines: Figure[] = [
				{
					what: `${what} written into the books, in Chromium`,
					figure: seconds(times.written),
					unit: 's',
				},
				{
					what: `${what} read into columns, in Chromium`,
					figure: seconds(times.read),
					unit: 's',
					budget: READ,
				},
			];
			return lines;
		}),
};
