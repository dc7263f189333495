import { type CategoryColumn, categories, numbers, texts } from '$workers/table/column';
import type { HomeTable } from '$workers/table/homes';
import { table } from '$workers/table/table';
import { AmenityList } from './amenity-list';
import { fileFault } from './file-fault';

/** One home as it was read; numbers are NaN where the source does not say. */
export interface HomeRow {
	readonly key: string;
	readonly title: string;
	readonly neighbourhood: string;
	readonly propertyType: string;
	readonly roomType: string;
	/** Tells hosts apart and is not kept. */
	readonly host: string;
	readonly guests: number;
	readonly bedrooms: number;
	readonly beds: number;
	readonly bathrooms: number;
	readonly price: number;
	readonly minimumNights: number;
	readonly latitude: number;
	readonly longitude: number;
	/** The cell as it stands. */
	readonly amenities: string;
	readonly rating: number;
	readonly reviews: number;
	readonly listedOn: number;
}

type TextField = 'key' | 'title' | 'neighbourhood' | 'propertyType' | 'roomType';
type NumberField = {
	[Field in keyof HomeRow]: HomeRow[Field] extends number ? Field : never;
}[keyof HomeRow];

/** Grows a table of homes row by row. */
export class HomeBuilder {
	readonly #texts: Record<TextField, string[]> = {
		key: [],
		title: [],
		neighbourhood: [],
		propertyType: [],
		roomType: [],
	};
	readonly #numbers: Record<NumberField, number[]> = {
		guests: [],
		bedrooms: [],
		beds: [],
		bathrooms: [],
		price: [],
		minimumNights: [],
		latitude: [],
		longitude: [],
		rating: [],
		reviews: [],
		listedOn: [],
	};
	readonly #hostNumber = new Map<string, number>();
	readonly #hosts: number[] = [];
	readonly #amenities = new AmenityList();

	get count(): number {
		return this.#hosts.length;
	}

	add(home: HomeRow): void {
		for (const field of Object.keys(this.#texts) as TextField[])
			this.#texts[field].push(home[field]);
		for (const field of Object.keys(this.#numbers) as NumberField[])
			this.#numbers[field].push(home[field]);
		this.#hosts.push(this.#numberOfHost(home.host));
		this.#amenities.add(home.amenities);
	}

	build(): HomeTable {
		const small = (field: NumberField) => numbers(Float32Array.from(this.#numbers[field]));
		const exact = (field: NumberField) => numbers(Float64Array.from(this.#numbers[field]));
		return table({
			key: texts(this.#texts.key),
			title: texts(this.#texts.title),
			neighbourhood: this.#category('neighbourhood'),
			property_type: this.#category('propertyType'),
			room_type: this.#category('roomType'),
			host: numbers(Uint32Array.from(this.#hosts)),
			guests: small('guests'),
			bedrooms: small('bedrooms'),
			beds: small('beds'),
			bathrooms: small('bathrooms'),
			price: exact('price'),
			minimum_nights: small('minimumNights'),
			latitude: exact('latitude'),
			longitude: exact('longitude'),
			amenities: this.#amenities.toColumn(),
			rating: small('rating'),
			reviews: small('reviews'),
			listed_on: exact('listedOn'),
		});
	}

	#category(field: 'neighbourhood' | 'propertyType' | 'roomType'): CategoryColumn {
		try {
			return categories(this.#texts[field]);
		} catch {
			throw fileFault(
				'FileTooLarge',
				'Neighbourhoods or types of home have more than 65,000 different names.',
				'Check that the columns of the file stand under their own names.',
			);
		}
	}

	/** A home without a host's number has a host of its own. */
	#numberOfHost(host: string): number {
		const name = host === '' ? `home ${this.count}` : `host ${host}`;
		const known = this.#hostNumber.get(name);
		if (known !== undefined) return known;
		const number = this.#hostNumber.size;
		this.#hostNumber.set(name, number);
		return number;
	}
}
