import { RankingEvaluation } from '$workers/metrics';
import type { Question } from './question';
import type { Scores } from './rankers';

const FIGURES = ['recall5', 'mrr', 'ndcg10'] as const;
type Figures = Readonly<Record<(typeof FIGURES)[number], number>>;

interface Answer {
	readonly person: number;
	readonly figures: Figures;
}

/** Several rankers asked the same questions in the same order. */
export class TripComparison {
	readonly #answers = new Map<string, Answer[]>();

	add(ranker: string, questions: readonly Question[], scores: Scores): void {
		const answers = this.#answers.get(ranker) ?? [];
		questions.forEach((question, row) => {
			answers.push({ person: question.person, figures: figuresOf(question, scores[row]) });
		});
		this.#answers.set(ranker, answers);
	}

	/** Means over questions, and the difference to `base` with its standard error. */
	figures(ranker: string, base: string) {
		const own = this.#of(ranker);
		const others = this.#of(base);
		const told = FIGURES.map((figure) => {
			const people = own.map(({ person }) => person);
			const mean = clustered(
				own.map(({ figures }) => figures[figure]),
				people,
			);
			const more = clustered(
				own.map(({ figures }, i) => figures[figure] - (others[i] as Answer).figures[figure]),
				people,
			);
			return [
				figure,
				{
					value: mean.mean,
					standardError: mean.standardError,
					...(ranker !== base && { more: more.mean, moreStandardError: more.standardError }),
				},
			] as const;
		});
		return Object.fromEntries(told) as Record<(typeof FIGURES)[number], Told>;
	}

	/** Of every ranker. */
	all(base: string) {
		return Object.fromEntries(
			[...this.#answers.keys()].map((ranker) => [ranker, this.figures(ranker, base)]),
		);
	}

	lines(base: string): string[] {
		return [...this.#answers.keys()].map((ranker) => {
			const figures = Object.entries(this.figures(ranker, base)).map(([name, told]) => {
				const { value, standardError, more, moreStandardError } = told;
				const apart = more === undefined ? '' : ` (${signed(more)} ± ${round(moreStandardError)})`;
				return `${name} ${round(value)} ± ${round(standardError)}${apart}`.padEnd(42);
			});
			return `${ranker.padEnd(28)} ${figures.join(' ')}`.trimEnd();
		});
	}

	#of(ranker: string): readonly Answer[] {
		const answers = this.#answers.get(ranker);
		if (!answers) throw new RangeError(`nobody asked ${ranker}`);
		return answers;
	}
}

interface Told {
	readonly value: number;
	readonly standardError: number;
	readonly more?: number;
	readonly moreStandardError?: number;
}

function figuresOf({ history, next }: Question, scores: ArrayLike<number> = []): Figures {
	const of = (first: number) => {
		const evaluation = new RankingEvaluation(first);
		evaluation.add({ scores, train: history, test: [next] });
		return evaluation.metrics();
	};
	const { recall, mrr } = of(5);
	return { recall5: recall.mean, mrr: mrr.mean, ndcg10: of(10).ndcg.mean };
}

/** A mean over questions whose errors hang together within one person (Liang and Zeger 1986). */
export function clustered(values: readonly number[], people: readonly number[]) {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const sums = new Map<number, number>();
	values.forEach((value, i) => {
		const person = people[i] as number;
		sums.set(person, (sums.get(person) ?? 0) + value - mean);
	});
	const squares = [...sums.values()].reduce((sum, own) => sum + own ** 2, 0);
	const correction = sums.size > 1 ? sums.size / (sums.size - 1) : 0;
	return { mean, standardError: Math.sqrt(squares * correction) / values.length };
}

const round = (value = 0) => value.toFixed(3);
const signed = (value: number) => `${value >= 0 ? '+' : ''}${round(value)}`;
