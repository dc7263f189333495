import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AnswerOf, Figure, InsightModel, ModelCard } from '$lib/contracts';
import { withoutIdentity } from '$workers/data/books';
import { FaultError } from '$workers/data/fault';
import { lookAtFile, readBooksFile } from '$workers/data/importers/books';
import { mergeBooks } from '$workers/data/merge-books';
import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import type { Trained } from '$workers/models/trained';
import { INSIGHT_MODELS } from '$workers/registry';
import { TRAINERS } from '$workers/roots/trainers';
import { SAMPLE_SEED, sampleBooks } from '$workers/sample';
import type { Books } from '$workers/table/bookings';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';

const DEFAULT_SEED = 1;

/**
 * What the manager's pages show of each model's backtest: the file is looked at, read and merged as
 * the app's store does it, and the app's own models learn from it with the app's own seed.
 */
export const insight: Task = {
	required: [],
	optional: ['csv', 'model', 'seed'],
	flags: ['sample'],
	async run(options: Options): Promise<Evaluation> {
		const models = modelsOf(options);
		const seed = seedOf(options);
		const books = await booksOf(options);
		const started = performance.now();
		const figures: Record<string, unknown> = {};
		const table: string[] = [];
		for (const model of models) {
			const trained = await train(model, books, seed);
			figures[model] = trained.ready
				? figuresOf(trained.card.backtest)
				: { missing: trained.missing };
			table.push(...linesOf(model, trained));
		}
		const seconds = (performance.now() - started) / 1000;
		return { figures: { ...figures, seconds, rows: books.bookings.count, seed }, table };
	},
};

function modelsOf({ model }: Options): readonly InsightModel[] {
	const wanted = model === undefined ? INSIGHT_MODELS : model.split(',');
	const known = INSIGHT_MODELS.filter((name) => wanted.includes(name));
	if (known.length === 0 || known.length < wanted.length)
		throw new EvaluationError(`--model is one or several of ${INSIGHT_MODELS.join(',')}`);
	return known;
}

function seedOf({ seed }: Options): number {
	if (seed === undefined) return DEFAULT_SEED;
	if (!/^\d{1,9}$/.test(seed)) throw new EvaluationError('--seed is a whole number');
	return Number(seed);
}

async function booksOf({ csv, sample }: Options): Promise<Books> {
	if ((csv === undefined) === (sample === undefined))
		throw new EvaluationError('say which books: --csv BOOKINGS, or --sample');
	return csv === undefined ? sampleBooks({ seed: SAMPLE_SEED }) : readOwnBooks(csv);
}

/** A file's books as training finds them in the store. */
async function readOwnBooks(path: string): Promise<Books> {
	if (!existsSync(path)) throw new EvaluationError(`${path}: there is no such file`);
	const file = new File([new Uint8Array(readFileSync(path))], basename(path));
	try {
		const { mapping } = await lookAtFile(file, () => undefined);
		const read = await readBooksFile(file, mapping, quietly());
		if (read.table !== 'bookings')
			throw new EvaluationError(`${path}: rows of ${read.table}, where bookings are needed`);
		return withoutIdentity(mergeBooks(null, read).books);
	} catch (error) {
		if (!(error instanceof FaultError)) throw error;
		const { column, message, row } = error.fault;
		const place = [column && `column ${column}`, row && `row ${row}`].filter(Boolean).join(', ');
		throw new EvaluationError(`${path}: ${message}${place && ` (${place})`}`);
	}
}

async function train(
	model: InsightModel,
	books: Books,
	seed: number,
): Promise<Trained<AnswerOf[InsightModel]>> {
	const trainer = await TRAINERS[model]();
	const run: Run = { ...quietly(), random: seededRandom(seed) };
	return trainer(books, run);
}

const quietly = () => ({ cancelled: () => false, onProgress: () => undefined });

type Backtest = ModelCard['backtest'];

/** By name, the baseline's under `naive`; a figure that the baseline does not have is left out there. */
function figuresOf({ coverage, figures }: Backtest): Record<string, unknown> {
	const named = (take: (figure: Figure) => number) =>
		Object.fromEntries(
			figures.map((figure) => [figure.name, take(figure)]).filter(([, value]) => isNumber(value)),
		) as Record<string, number>;
	return {
		...named(({ value }) => value),
		...(isNumber(coverage.held) && { coverage: coverage.held }),
		naive: named(({ naive }) => naive),
	};
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && !Number.isNaN(value);

function linesOf(model: InsightModel, trained: Trained<AnswerOf[InsightModel]>): string[] {
	if (!trained.ready) return [`${model}: cannot be learned, ${trained.missing.reason}`];
	const { backtest, learner, suspects } = trained.card;
	return [
		`${model}: ${learner}, ${backtest.protocol}, ${backtest.rows} rows`,
		...backtest.figures.map(
			({ name, value, naive }) =>
				`  ${name.padEnd(18)} ${value.toFixed(4)}   naive ${naive.toFixed(4)}`,
		),
		...suspects.map(({ column, reason, verdict }) => `  ${verdict}: ${column}, ${reason}`),
	];
}
