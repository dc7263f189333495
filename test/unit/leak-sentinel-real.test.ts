import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { suspectsOf } from '$workers/models/leak-sentinel';
import { daysOfCells, guessDateParts } from '$workers/table/cells-of-frame';
import { frameOf, matrixOfFrame } from '$workers/table/frame';

interface RealFile {
	readonly path: string;
	readonly label: string;
	readonly positive: string;
	readonly refused: readonly string[];
	readonly named: readonly string[];
}

const real: readonly RealFile[] = [
	{
		path: 'telco-customer-churn/Telco-Customer-Churn.csv.gz',
		label: 'Churn',
		positive: 'Yes',
		refused: [],
		named: [],
	},
	{
		path: 'online-shoppers-intention/online_shoppers_intention.csv.gz',
		label: 'Revenue',
		positive: 'TRUE',
		refused: [],
		named: [],
	},
	{
		path: 'hotel-booking-demand/hotel_bookings.csv.gz',
		label: 'is_canceled',
		positive: '1',
		refused: ['required_car_parking_spaces', 'reservation_status', 'reservation_status_date'],
		named: ['assigned_room_type', 'country'],
	},
];

describe('the leak sentinel on real files', () => {
	test.each(real)(
		'finds in $path what is known of it, without names (skipped without the shared data)',
		({ path, label, positive, refused, named }) => {
			const url = new URL(`../../../shared/data/${path}`, import.meta.url);
			if (!existsSync(url)) return;
			const text = gunzipSync(readFileSync(url)).toString();
			const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
			const [header = [], ...rows] = data;
			const cells = Object.fromEntries(
				header.map((name, i) => [name, rows.map((row) => row[i] ?? '')]),
			);
			const targets = Float64Array.from(cells[label] ?? [], (cell) => Number(cell === positive));
			delete cells[label];
			const parts = guessDateParts(Object.keys(cells));
			const frame = frameOf(cells, { categorical: ['agent', 'company'] });
			const found = suspectsOf(matrixOfFrame(frame), targets, {
				...(parts && { days: daysOfCells(parts.map((name) => cells[name] ?? [])) }),
				dates: frame.filter(({ kind }) => kind === 'date').map(({ name }) => name),
			});
			const by = (said: string) =>
				found
					.filter(({ verdict: own }) => own === said)
					.map(({ column }) => column)
					.sort();
			expect(by('refused')).toEqual(refused);
			expect(by('suspect')).toEqual(named);
		},
		60_000,
	);
});
