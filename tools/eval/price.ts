import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import { mae, mdape, r2 } from '$workers/metrics';
import { type ListingCells, hostsOf, listingPrices } from '$workers/models/listing-price';
import { parseNumber } from '$workers/table/cells-of-frame';
import { type Split, groupFolds, moduloFolds } from '$workers/table/splits';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readCells, readWhole } from './tabular-file';

const FOLDS = 5;

/** Nightly price of listings from what they say of themselves, on the logarithm's scale. */
export const price: Task = {
	required: ['csv'],
	optional: ['delimiter', 'seed'],
	async run({ csv = '', delimiter, seed: seedText }: Options): Promise<Evaluation> {
		const cells = pricedListings(readCells(csv, delimiter), csv);
		const seed = readWhole(seedText, 'seed', 1);
		const prices = Float64Array.from(cells.price ?? [], parseNumber);
		const hosts = hostsOf(cells);
		if (prices.length < FOLDS)
			throw new EvaluationError('--csv: fewer listings with a price than folds');
		if (new Set(hosts).size < FOLDS) throw new EvaluationError('--csv: fewer hosts than folds');
		const started = performance.now();
		const byRow = await evaluate(cells, prices, moduloFolds(prices.length, FOLDS), false, seed);
		const byHost = await evaluate(cells, prices, groupFolds(hosts, FOLDS), true, seed);
		const seconds = (performance.now() - started) / 1000;
		const { r2: explained, mae: error, mdape: share } = byRow;
		const figures = {
			r2: explained,
			mae: error,
			mdape: share,
			r2ByHost: byHost.r2,
			mdapeByHost: byHost.mdape,
			naive: naive(prices, moduloFolds(prices.length, FOLDS)),
			seconds,
			rows: prices.length,
			seed,
		};
		const line = (name: string, of: typeof byRow) =>
			`${name.padEnd(12)} r2 ${of.r2.toFixed(4)} (of prices ${of.r2OfPrices.toFixed(4)})  mae ${of.mae.toFixed(4)}  mdape ${of.mdape.toFixed(4)}  ${of.chosen}`;
		return {
			figures,
			table: [
				`${prices.length} listings with a price; r2 and mae of its logarithm; ${seconds.toFixed(1)} s`,
				line('by listing', byRow),
				line('by host', byHost),
			],
		};
	},
};

/** Rows with a price above 0. */
function pricedListings(cells: ListingCells, csv: string): ListingCells {
	const prices = cells.price;
	if (!prices) throw new EvaluationError(`${csv}: no column price`);
	const kept = prices.flatMap((cell, row) => (parseNumber(cell) > 0 ? [row] : []));
	if (kept.length === 0) throw new EvaluationError(`${csv}: no listing has a price`);
	return Object.fromEntries(
		Object.entries(cells).map(([name, column]) => [name, kept.map((row) => column[row] ?? '')]),
	);
}

/** Means over folds. */
async function evaluate(
	cells: ListingCells,
	prices: Float64Array,
	splits: readonly Split[],
	newHosts: boolean,
	seed: number,
) {
	const logPrice = prices.map(Math.log);
	const sums = { r2: 0, r2OfPrices: 0, mae: 0, mdape: 0 };
	let chosen = '';
	for (const [fold, split] of splits.entries()) {
		const run: Run = {
			cancelled: () => false,
			random: seededRandom(`${seed}/${newHosts}/${fold}`),
			onProgress: () => {},
		};
		const told = await listingPrices(cells, logPrice, split, { newHosts }, run);
		const truth = Float64Array.from(split.test, (row) => logPrice[row] as number);
		const [asked, guessed] = [truth, told.logPrices].map((values) => values.map(Math.exp)) as [
			Float64Array,
			Float64Array,
		];
		sums.r2 += r2(truth, told.logPrices) / splits.length;
		sums.r2OfPrices += r2(asked, guessed) / splits.length;
		sums.mae += mae(truth, told.logPrices) / splits.length;
		sums.mdape += mdape(asked, guessed) / splits.length;
		chosen = Object.entries(told.fitted.weights)
			.map(([name, weight]) => `${name} ${weight.toFixed(2)}`)
			.join(', ');
	}
	return { ...sums, chosen };
}

/** Says the mean of the training rows of every row. */
function naive(prices: Float64Array, splits: readonly Split[]) {
	const logPrice = prices.map(Math.log);
	const figures = splits.map(({ train, test }) => {
		const mean = train.reduce((sum, row) => sum + (logPrice[row] as number), 0) / train.length;
		const truth = Float64Array.from(test, (row) => logPrice[row] as number);
		const guess = new Float64Array(test.length).fill(mean);
		return [r2(truth, guess), mae(truth, guess), mdape(truth.map(Math.exp), guess.map(Math.exp))];
	});
	const over = (place: number) =>
		figures.reduce((sum, each) => sum + (each[place] as number), 0) / figures.length;
	return { r2: over(0), mae: over(1), mdape: over(2) };
}
