import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { importListings } from '$workers/data/importers';
import { knownMapping, readBooksFile } from '$workers/data/importers/books';
import type { Figure, Measure, Setting } from './figure';
import { hotelBookings } from './hotel-bookings';
import { sampleListings } from './sample-listings';
import { median, takeTurns } from './timing';

const BOSTON = '../shared/data/inside-airbnb-boston-2024-06/listings.csv.gz';
const SAMPLE_HOMES = 4_000;
const ROUNDS = 9;
const BUDGET = { atMost: 2 };

/** Reading listings into a catalogue, against Papa Parse's bare parse of the same text. */
export const importing: Measure = {
	name: 'import',
	async run(setting) {
		const { name, packed } = await listings(setting);
		const bytes = new Uint8Array(gunzipSync(packed));
		const text = new TextDecoder().decode(bytes);
		const times = await takeTurns(ROUNDS, {
			papa: () => Papa.parse(text),
			plain: () => importFile(new File([bytes], 'listings.csv')),
			packed: () => importFile(new File([packed], 'listings.csv.gz')),
		});
		const papa = median(times.papa);
		const lines: Figure[] = [
			{ what: `Papa Parse's bare parse of ${name}`, figure: papa, unit: 'ms' },
			against(`Import of ${name} (.csv)`, median(times.plain), papa),
			against(`Import of ${name} (.csv.gz, unpacking included)`, median(times.packed), papa),
		];
		return [...lines, ...(await bookings(setting))];
	},
};

/** Reading a manager's bookings, with all columns kept, against the same bare parse. */
async function bookings(setting: Setting): Promise<readonly Figure[]> {
	const { name, packed } = await hotelBookings(setting);
	const bytes = new Uint8Array(gunzipSync(packed));
	const text = new TextDecoder().decode(bytes);
	const times = await takeTurns(ROUNDS, {
		papa: () => Papa.parse(text),
		plain: () => readBookings(new File([bytes], 'hotel_bookings.csv')),
		packed: () => readBookings(new File([packed], 'hotel_bookings.csv.gz')),
	});
	const papa = median(times.papa);
	return [
		{ what: `Papa Parse's bare parse of ${name}`, figure: papa, unit: 'ms' },
		against(`Reading ${name} (.csv)`, median(times.plain), papa),
		against(`Reading ${name} (.csv.gz, unpacking included)`, median(times.packed), papa),
	];
}

function readBookings(file: File): Promise<unknown> {
	const run = { cancelled: () => false, onProgress: () => undefined };
	return readBooksFile(file, knownMapping('hotel-booking-demand'), run);
}

function against(what: string, time: number, papa: number): Figure {
	return {
		what: `${what}, ${time.toFixed(0)} ms`,
		figure: time / papa,
		unit: '× Papa Parse',
		budget: BUDGET,
	};
}

function importFile(file: File): Promise<unknown> {
	return importListings(file, {}, { cancelled: () => false, onProgress: () => undefined });
}

async function listings({
	say,
}: Setting): Promise<{ name: string; packed: Uint8Array<ArrayBuffer> }> {
	if (existsSync(BOSTON))
		return { name: 'the Boston file', packed: new Uint8Array(await readFile(BOSTON)) };
	say(`${BOSTON} is missing: a listings file of the sample town stands in for it`);
	const packed = gzipSync(sampleListings(SAMPLE_HOMES));
	return { name: 'the sample listings', packed: new Uint8Array(packed) };
}
