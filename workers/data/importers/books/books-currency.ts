import { booksFault } from './books-fault';

/** Of the sign that stands beside prices, where several currencies share it. */
const ASSUMED_OF_SIGN = 'USD';

/**
 * The one currency of a file: what a person chose, else the first that a row names. Rows in another
 * are refused where one was chosen; where none was, the file is.
 */
export class BooksCurrency {
	readonly #chosen: string;
	readonly #usual: string;
	#named = '';

	/**
	 * @param usual of the source, where its files name none
	 * @throws FaultError CurrencyUnknown when `chosen` is no ISO 4217 code
	 */
	constructor(chosen: string | undefined, usual = ASSUMED_OF_SIGN) {
		this.#chosen = chosen?.trim().toUpperCase() ?? '';
		this.#usual = usual;
		if (this.#chosen !== '' && !/^[A-Z]{3}$/.test(this.#chosen))
			throw booksFault(
				'CurrencyUnknown',
				'That is not the code of a currency.',
				'Give three letters, such as USD or EUR.',
			);
	}

	/**
	 * Whether an amount in this currency (empty: none named) belongs to the file.
	 *
	 * @throws FaultError MixedCurrencies when nobody has chosen and two are named
	 */
	fits(currency: string, row: number, column: string): boolean {
		if (currency === '') return true;
		if (this.#chosen) return currency === this.#chosen;
		this.#named ||= currency;
		if (currency !== this.#named) throw mixedCurrencies(row, column);
		return true;
	}

	result(): { readonly currency: string; readonly assumed: boolean } {
		const known = this.#chosen || this.#named;
		return { currency: known || this.#usual, assumed: known === '' };
	}
}

const mixedCurrencies = (row: number, column: string) =>
	booksFault(
		'MixedCurrencies',
		'The prices of this file are in more than one currency.',
		'Choose one currency: rows in another are left out, and can be brought in on their own.',
		{ row, column },
	);
