/** Listings files made by hand: invented homes in the columns of Inside Airbnb. */
import { gzipSync } from 'node:zlib';
import { FaultError } from '$workers/data/fault';
import { type ListingsOptions, type SourceFile, importListings } from '$workers/data/importers';
import type { Fault } from '$lib/contracts';

export type Listing = Readonly<Record<string, string | undefined>>;

const BASE: Listing = {
	id: '1',
	name: 'Quiet rooms by the mill',
	host_id: '77',
	host_name: 'Nobody',
	neighbourhood_cleansed: 'Millbrook',
	latitude: '50.1',
	longitude: '8.2',
	property_type: 'Entire rental unit',
	room_type: 'Entire home/apt',
	accommodates: '2',
	bathrooms_text: '1 bath',
	bedrooms: '1',
	beds: '1',
	amenities: '["Wifi", "Kitchen"]',
	price: '$100.00',
	minimum_nights: '2',
	number_of_reviews: '3',
	first_review: '2024-02-29',
	review_scores_rating: '4.5',
	last_scraped: '2024-06-22',
};

/** One listing; what is given replaces the usual. */
export const listing = (change: Listing = {}): Listing => ({ ...BASE, ...change });

/** As many listings with ids of their own. */
export const listings = (count: number, change: (i: number) => Listing = () => ({})): Listing[] =>
	Array.from({ length: count }, (_, i) => listing({ id: String(i + 1), ...change(i) }));

export function csv(
	rows: readonly Listing[],
	{ delimiter = ',', end = '\n', columns = Object.keys(rows[0] ?? BASE) } = {},
): string {
	const quote = (field: string) =>
		/["\r\n,;\t]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
	const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
	return lines.map((line) => line.map(quote).join(delimiter) + end).join('');
}

export const asFile = (content: string | Uint8Array<ArrayBuffer>, name = 'listings.csv') =>
	new File([content], name);

export const gzipped = (text: string): Uint8Array<ArrayBuffer> =>
	new Uint8Array(gzipSync(Buffer.from(text)));

export const quietRun = { cancelled: () => false, onProgress: () => undefined };

export const importText = (
	content: string | Uint8Array<ArrayBuffer>,
	options: ListingsOptions = {},
) => importListings(asFile(content), options, quietRun);

/** The fault with which a file is refused; an error where it is taken. */
export async function faultOf(
	file: SourceFile | string | Uint8Array<ArrayBuffer>,
	options: ListingsOptions = {},
): Promise<Fault> {
	const source = typeof file === 'string' || file instanceof Uint8Array ? asFile(file) : file;
	try {
		await importListings(source, options, quietRun);
	} catch (error) {
		if (error instanceof FaultError) return error.fault;
		throw error;
	}
	throw new Error('the file was taken');
}
