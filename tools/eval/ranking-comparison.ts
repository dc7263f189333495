import { type Measured, RankingEvaluation, type RankingMetrics } from '$workers/metrics';
import { measured } from '$workers/metrics/ranking';
import { type HomeTable, values } from '$workers/table/homes';
import type { Reviewer } from './reviews';

type Holds = (reviewer: Reviewer) => boolean;

interface Places {
	readonly recall: number;
	readonly ndcg: number;
}

/** Several rankers asked about the same reviewers: their figures, and for whom they differ. */
export class RankingComparison {
	readonly #first: number;
	readonly #hosts: ArrayLike<number>;
	readonly #evaluations = new Map<string, RankingEvaluation>();
	readonly #places = new Map<string, Map<Reviewer, Places>>();

	/** @param first how many places of a list count */
	constructor(first: number, homes: HomeTable) {
		this.#first = first;
		this.#hosts = values(homes, 'host');
	}

	add(ranker: string, reviewer: Reviewer, scores: ArrayLike<number>): void {
		const train = reviewer.history.map(({ row }) => row);
		const asked = { scores, train, test: [reviewer.held] };
		const evaluation = this.#evaluations.get(ranker) ?? new RankingEvaluation(this.#first);
		evaluation.add(asked);
		this.#evaluations.set(ranker, evaluation);
		const alone = new RankingEvaluation(this.#first);
		alone.add(asked);
		const { recall, ndcg } = alone.metrics();
		const places = this.#places.get(ranker) ?? new Map<Reviewer, Places>();
		places.set(reviewer, { recall: recall.mean, ndcg: ndcg.mean });
		this.#places.set(ranker, places);
	}

	metrics(ranker: string): RankingMetrics {
		const evaluation = this.#evaluations.get(ranker);
		if (!evaluation) throw new RangeError(`nobody asked ${ranker}`);
		return evaluation.metrics();
	}

	/**
	 * Every other ranker beside one of them.
	 *
	 * @param grouped those that are told over groups of reviewers too
	 */
	lines(base: string, grouped: readonly string[]): string[] {
		const rankers = [...this.#evaluations.keys()].filter((ranker) => ranker !== base);
		return [
			...rankers.flatMap((ranker) => [
				line(ranker, this.metrics(ranker)),
				`  less ${base}, paired`.padEnd(39) + this.#difference(ranker, base),
			]),
			...grouped.flatMap((ranker) =>
				this.#groups().map(([name, group]) => this.#group(name, group, ranker, base)),
			),
		];
	}

	#groups(): (readonly [name: string, holds: Holds])[] {
		const hostOf = (row: number) => this.#hosts[row] as number;
		const again = ({ history, held }: Reviewer) =>
			history.some(({ row }) => hostOf(row) === hostOf(held));
		return [
			['same host again', again],
			['another host', (reviewer) => !again(reviewer)],
			['history of 1', ({ history }) => history.length === 1],
			['history of 2', ({ history }) => history.length === 2],
			['history of 3 or more', ({ history }) => history.length > 2],
		];
	}

	#group(name: string, holds: Holds, ranker: string, base: string): string {
		const places = [...(this.#places.get(base) ?? [])].filter(([reviewer]) => holds(reviewer));
		if (places.length === 0) return `  ${name}: nobody`;
		const recall = measured(places.map(([, place]) => place.recall));
		const ndcg = measured(places.map(([, place]) => place.ndcg));
		return (
			`  ${name} (${places.length})`.padEnd(39) +
			`${base} ${recall.mean.toFixed(3)}, ${ndcg.mean.toFixed(3)}; ${ranker} less it ` +
			this.#difference(ranker, base, holds)
		);
	}

	#difference(ranker: string, base: string, holds: Holds = () => true): string {
		const others = this.#places.get(base);
		const pairs = [...(this.#places.get(ranker) ?? [])].filter(([reviewer]) => holds(reviewer));
		const of = (figure: keyof Places) =>
			measured(
				pairs.map(([reviewer, place]) => place[figure] - (others?.get(reviewer)?.[figure] ?? 0)),
			);
		return `recall20 ${signed(of('recall'))}   ndcg20 ${signed(of('ndcg'))}`;
	}
}

const signed = ({ mean, standardError }: Measured) =>
	`${mean >= 0 ? '+' : ''}${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;

export function figuresOf({ recall, ndcg, mrr, coverage }: RankingMetrics) {
	return {
		recall20: recall.mean,
		recall20StandardError: recall.standardError,
		ndcg20: ndcg.mean,
		ndcg20StandardError: ndcg.standardError,
		mrr: mrr.mean,
		mrrStandardError: mrr.standardError,
		coverage,
	};
}

export function line(name: string, { recall, ndcg, mrr }: RankingMetrics): string {
	const figures = [recall, ndcg, mrr].map(
		({ mean, standardError }) => `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`,
	);
	return `${name.padEnd(38)} recall20 ${figures[0]}   ndcg20 ${figures[1]}   mrr ${figures[2]}`;
}
