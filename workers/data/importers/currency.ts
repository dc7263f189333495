import type { Listing } from './read-listing';
import { fileFault } from './file-fault';

const ASSUMED_OF_SIGN = new Map([
	['¥', 'JPY'],
	['kr', 'SEK'],
	['kr.', 'DKK'],
]);

/**
 * The one currency of a file. What a person has said stands; else what the prices name; else it is
 * assumed from the sign they carry (`$` and none: USD), and the report says so.
 */
export class FileCurrency {
	readonly #said: string;
	#named = '';
	#sign: string | undefined;

	/** @throws FaultError CurrencyUnknown when `said` is no ISO 4217 code */
	constructor(said: string | undefined) {
		this.#said = said?.trim().toUpperCase() ?? '';
		if (this.#said !== '' && !/^[A-Z]{3}$/.test(this.#said))
			throw fileFault(
				'CurrencyUnknown',
				'That is not the code of a currency.',
				'Give three letters, such as USD or EUR.',
			);
	}

	/** @throws FaultError CurrencyUnknown when the row's price is in another currency than those before */
	add(listing: Listing, row: number, column: string): void {
		if (Number.isNaN(listing.home.price)) return;
		this.#sign ??= listing.sign;
		const expected = this.#said || this.#named;
		if (listing.currency === '' && this.#named === '') return;
		if (expected !== '' && listing.currency !== expected)
			throw fileFault(
				'CurrencyUnknown',
				`The price in row ${row} is in another currency than expected.`,
				'Open a file whose prices are all in one currency, or say that currency.',
				{ row, column },
			);
		this.#named = listing.currency;
	}

	/** The currency, and whether it is only a guess. */
	result(): { readonly currency: string; readonly assumed: boolean } {
		const known = this.#said || this.#named;
		if (known) return { currency: known, assumed: false };
		return { currency: ASSUMED_OF_SIGN.get(this.#sign ?? '') ?? 'USD', assumed: true };
	}
}
