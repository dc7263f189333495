import type { RefusalReason } from '$lib/contracts';
import { parseCivilDay } from '$workers/table/civil';
import { parseMoney } from '$workers/table/money';
import { bedroomsInTitle, readBathrooms, readNumber, readTitle } from './cells';
import type { HomeRow } from './home-builder';
import type { ListingColumns, ListingField } from './listing-columns';

/** A row that is not a home: why, and in which field. */
export class Refused {
	constructor(
		readonly reason: RefusalReason,
		readonly field: ListingField,
	) {}
}

const SOURCE = 'airbnb';
const LONGEST_ID = 64;
const LONGEST_FIELD = 65_536;
/** The bounds within which a number of a listing makes sense. */
const BOUNDS = {
	guests: [0, 1000],
	bedrooms: [0, 500],
	beds: [0, 1000],
	bathrooms: [0, 500],
	minimumNights: [1, 10_000],
	rating: [0, 100],
	reviews: [0, 1_000_000],
} as const;
const HIGHEST_PRICE = 1e9;

/** The key of an Inside Airbnb listing: its id as the text that the file has. */
export const listingKey = (id: string) => `${SOURCE}:${id}`;

/** What a row says, beside the home: what the catalogue as a whole is made of. */
export interface Listing {
	readonly home: HomeRow;
	/** What stood beside the price; see parseMoney. */
	readonly currency: string;
	readonly sign: string;
	readonly lastSeen: number;
	readonly region: string;
	readonly area: string;
}

/**
 * Reads rows of Inside Airbnb's listings. Empty cells are unknown; a cell that says something that
 * cannot be is a reason to refuse the row.
 *
 * @param keepUnpriced keeps homes without a price, as NaN (for evaluation)
 */
export class ListingReader {
	readonly #at: ListingColumns['at'];
	readonly #keepUnpriced: boolean;

	constructor(columns: ListingColumns, keepUnpriced: boolean) {
		this.#at = columns.at;
		this.#keepUnpriced = keepUnpriced;
	}

	read(row: readonly string[]): Listing | Refused {
		try {
			return this.#read(row);
		} catch (refused) {
			if (refused instanceof Refused) return refused;
			throw refused;
		}
	}

	#read(row: readonly string[]): Listing {
		const id = this.#cell(row, 'id').trim();
		if (id === '') throw new Refused('NoId', 'id');
		if (id.length > LONGEST_ID) throw new Refused('OutOfRange', 'id');
		const price = this.#price(row);
		const title = readTitle(this.#cell(row, 'title'));
		const roomType = readTitle(this.#cell(row, 'roomType'));
		const bedrooms = this.#number(row, 'bedrooms');
		const bathrooms = this.#number(row, 'bathrooms');
		const home: HomeRow = {
			key: listingKey(id),
			title,
			neighbourhood: readTitle(this.#cell(row, 'neighbourhood')),
			propertyType: readTitle(this.#cell(row, 'propertyType')) || roomType,
			roomType,
			host: this.#cell(row, 'host').trim().slice(0, LONGEST_ID),
			guests: this.#number(row, 'guests'),
			bedrooms: Number.isNaN(bedrooms) ? bedroomsInTitle(title) : bedrooms,
			beds: this.#number(row, 'beds'),
			bathrooms: Number.isNaN(bathrooms)
				? readBathrooms(this.#cell(row, 'bathroomsText'))
				: bathrooms,
			price: price.amount,
			minimumNights: this.#number(row, 'minimumNights'),
			...this.#place(row),
			amenities: this.#cell(row, 'amenities'),
			rating: fiveStars(this.#number(row, 'rating')),
			reviews: this.#number(row, 'reviews'),
			listedOn: parseCivilDay(this.#cell(row, 'firstReview')),
		};
		return {
			home,
			currency: price.currency,
			sign: price.sign,
			lastSeen: parseCivilDay(this.#cell(row, 'lastSeen')),
			region: this.#cell(row, 'region'),
			area: this.#cell(row, 'area'),
		};
	}

	#cell(row: readonly string[], field: ListingField): string {
		const cell = row[this.#at[field]] ?? '';
		if (cell.length > LONGEST_FIELD) throw new Refused('FieldTooLong', field);
		return cell;
	}

	#price(row: readonly string[]) {
		const cell = this.#cell(row, 'price').trim();
		const money = cell === '' ? { amount: 0, currency: '', sign: '' } : parseMoney(cell);
		if (!money) throw new Refused('NotANumber', 'price');
		if (money.amount < 0 || money.amount > HIGHEST_PRICE) throw new Refused('OutOfRange', 'price');
		if (money.amount > 0) return money;
		if (!this.#keepUnpriced) throw new Refused('NoPrice', 'price');
		return { ...money, amount: Number.NaN };
	}

	#place(row: readonly string[]): { latitude: number; longitude: number } {
		const latitude = this.#coordinate(row, 'latitude', 90);
		const longitude = this.#coordinate(row, 'longitude', 180);
		// No home stands where the equator meets the prime meridian: it is what an unknown place becomes.
		if (latitude === 0 && longitude === 0) throw new Refused('NoPlace', 'latitude');
		return { latitude, longitude };
	}

	#coordinate(row: readonly string[], field: 'latitude' | 'longitude', limit: number): number {
		const value = readNumber(this.#cell(row, field));
		if (value === null) throw new Refused('NotANumber', field);
		if (!(Math.abs(value) <= limit)) throw new Refused('NoPlace', field);
		return value;
	}

	#number(row: readonly string[], field: keyof typeof BOUNDS): number {
		const value = readNumber(this.#cell(row, field));
		if (value === null) throw new Refused('NotANumber', field);
		const [lowest, highest] = BOUNDS[field];
		if (value < lowest || value > highest) throw new Refused('OutOfRange', field);
		return value;
	}
}

/** Files of before 2021 rate from 0 to 100. */
const fiveStars = (rating: number) => (rating > 5 ? rating / 20 : rating);
