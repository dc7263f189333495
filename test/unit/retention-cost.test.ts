/** A model with fewer rows is held against one with all of them on the same days. */
import { expect, test } from 'vitest';
import type { InsightModel } from '$lib/contracts';
import { withoutExpired } from '$workers/data/retention-books';
import type { Run } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import type { CardBody, Trained } from '$workers/models/trained';
import { DAY } from '$workers/privacy/retention';
import { ON_THE_SAME_DAYS } from '$workers/roots/trust/train-with-less';
import { TRAINERS } from '$workers/roots/trainers';
import { sampleBooks } from '$workers/sample';

const books = sampleBooks({ seed: 'cost', managed: 12, guests: 2000, years: 2 });
const { books: shorter } = withoutExpired(books, {
	fact_booking_detail: (books.asOf - 500) * DAY,
	fact_booking_daily: (books.asOf - 500) * DAY,
});

const run = (): Run => ({
	cancelled: () => false,
	random: seededRandom(1),
	onProgress: () => undefined,
});

function cardOf(trained: Trained<unknown>): CardBody {
	if (!trained.ready) throw new Error(`not learned: ${trained.missing.reason}`);
	return trained.card;
}

const trainFreely = async (model: InsightModel, on: typeof books) =>
	cardOf(await (await TRAINERS[model]())(on, run()));

const trainLike = async (model: InsightModel, on: typeof books, like: CardBody) =>
	cardOf(await (await ON_THE_SAME_DAYS[model]())(on, run(), like));

/** The days on which a training was tried. */
const triedOn = ({ backtest }: CardBody) => backtest.points.map(({ at }) => at);

/** Revenue goes the way of demand, conversion that of cancellation. */
const WAYS = ['demand', 'cancellation', 'price', 'lifetime-value'] as const;

test.each(WAYS)(
	'%s: with its own days the figures are its own; all rows are tried on the days of fewer rows',
	async (model) => {
		const fewer = await trainFreely(model, shorter);
		const again = await trainLike(model, shorter, fewer);
		expect(again.backtest.figures).toEqual(fewer.backtest.figures);
		const all = await trainLike(model, books, fewer);
		expect(triedOn(all)).toEqual(triedOn(fewer));
		expect(all.rows).toBeGreaterThanOrEqual(fewer.rows);
	},
);
