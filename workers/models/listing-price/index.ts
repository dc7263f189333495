import { type FittedBlend, blend, treesMember, linearMember } from '$workers/learners/blend';
import type { Run } from '$workers/learners/contract';
import { type Matrix, matrix, takeMatrixRows, takeValues } from '$workers/table/matrix';
import { frameOf } from '$workers/table/frame';
import { type Split, groupFolds, shuffledFolds } from '$workers/table/splits';
import { type ListingCells, attributesOf } from './attributes';
import { type Listings, comparables } from './comparables';

export type { ListingCells } from './attributes';

export interface ListingPriceOptions {
	/**
	 * Whether the listings to be priced are of hosts that training does not know: then it compares
	 * listings of different hosts alone, as it will have to.
	 */
	readonly newHosts: boolean;
}

const COMPARISON_FOLDS = 10;
const INNER_FOLDS = 5;
const TREES = {
	loss: 'squared',
	learningRate: 0.07,
	subsample: 0.7,
	columnsByNode: 0.25,
	minChildWeight: 4,
	lambda: 2,
} as const;

/**
 * The logarithm of the nightly price of listings of a file, learned from those of its rows that have
 * one: what a listing says of itself, and what others near it or of its host cost. Prices of `test`
 * rows are never read.
 *
 * @param logPrice one a row; read for training rows alone
 * @returns the logarithm of each test row's price, in their order, and the fitted blend
 */
export async function listingPrices(
	cells: ListingCells,
	logPrice: Float64Array,
	{ train, test }: Split,
	{ newHosts }: ListingPriceOptions,
	run: Run,
): Promise<{ readonly logPrices: Float64Array; readonly fitted: FittedBlend }> {
	const listings = listingsOf(cells);
	const hosts = takeValues(listings.host, train);
	const inner = newHosts
		? groupFolds(hosts, COMPARISON_FOLDS)
		: shuffledFolds(train.length, COMPARISON_FOLDS, run.random.fork('comparables'));
	const place = (rows: Uint32Array) => rows.map((row) => train[row] as number);
	const told = inner.map((split) => ({ train: place(split.train), test: place(split.test) }));
	const others = comparables(listings, logPrice, [...told, { train, test }]);
	const rows: Matrix = matrix([...attributesOf(cells, train), ...others]);
	const fitted = await blend({
		loss: 'squared',
		members: [treesMember('trees', { ...TREES, maxDepth: 5 }), linearMember('linear', 'squared')],
		inner: { by: 'folds', folds: INNER_FOLDS },
	}).fit(
		{
			rows: takeMatrixRows(rows, train),
			targets: takeValues(logPrice, train),
			...(newHosts && { groups: hosts }),
		},
		run,
	);
	const { values } = await fitted.predict(takeMatrixRows(rows, test));
	return { logPrices: values, fitted };
}

function listingsOf(cells: ListingCells): Listings {
	const count = Object.values(cells)[0]?.length ?? 0;
	const frame = frameOf(
		Object.fromEntries(
			['latitude', 'longitude', 'accommodates', 'bedrooms', 'room_type'].flatMap((name) =>
				cells[name] ? [[name, cells[name]]] : [],
			),
		),
	);
	const of = (name: string) =>
		frame.find((column) => column.name === name)?.column?.values ??
		new Float64Array(count).fill(Number.NaN);
	return {
		latitude: of('latitude'),
		longitude: of('longitude'),
		guests: of('accommodates'),
		bedrooms: of('bedrooms'),
		room: of('room_type'),
		host: hostsOf(cells),
	};
}

/** Codes in order of first appearance; a listing without a host is a host of its own. */
export function hostsOf({ host_id: hosts = [], ...cells }: ListingCells): Float64Array {
	const count = Object.values(cells)[0]?.length ?? hosts.length;
	const codes = new Map<string, number>();
	return Float64Array.from({ length: count }, (_, row) => {
		const host = hosts[row]?.trim() || `row ${row}`;
		const code = codes.get(host) ?? codes.size;
		codes.set(host, code);
		return code;
	});
}
