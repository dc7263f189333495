import type { Reply } from './door';

/** Which way of ranking the present one is tried against. */
export type TrialRival =
	/** What everybody chose, most chosen first. */
	| 'popularity'
	/** The person's own acts, without what others' behaviour teaches. */
	| 'own';

/** A figure and where the truth lies, at least 95 times in 100. */
export interface Bounded {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** How good a way of ranking is on the homes that a person took up later. */
export interface RankingFigures {
	/** Share of these homes that stood in the first ten. */
	readonly recall: Bounded;
	/** The same, counting less further down; 1 where each stood first. */
	readonly ndcg: Bounded;
	/** 1 over the place of the home, over the whole list. */
	readonly mrr: Bounded;
	/** Share of the catalogue that stood in the first ten at some time. */
	readonly coverage: number;
	/** Bits: how unusual the first ten are to others. */
	readonly novelty: number;
	/** 0 to 1: how far apart two homes of the first ten are. */
	readonly diversity: number;
	/** How far the areas of the first ten are from those of the homes taken up before; 0 is alike. */
	readonly areas: number;
	/** The same of prices, by quarter of the catalogue. */
	readonly prices: number;
}

/** The homes that a person took up, each predicted from what was known before it alone. */
export interface HistoryEvaluation {
	/** Homes taken up for the first time. */
	readonly cases: number;
	/** Of these, the last so many are counted. */
	readonly counted: number;
	/** Fewer than this say too little. */
	readonly needed: number;
	/** Absent where there are too few. */
	readonly figures?: {
		readonly present: RankingFigures;
		readonly popularity: RankingFigures;
		/** Present less popularity, home by home. */
		readonly gain: Readonly<Record<'recall' | 'ndcg' | 'mrr', Bounded>>;
	};
}

/** What another way of choosing would have been worth. */
export interface InsteadFigures {
	readonly instead: 'best-guess' | 'popularity';
	/** Share of homes shown that would have been opened or saved, in three ways. */
	readonly ips: Bounded;
	readonly snips: Bounded;
	readonly doublyRobust: Bounded;
	/** As many rows of equal weight. */
	readonly effective: number;
	/** 1 where the log could have shown all that it would have shown. */
	readonly meanWeight: number;
}

/** The homes that For you showed, and what came of it in the same visit. */
export interface ShownEvaluation {
	readonly shown: number;
	/** Of these, opened or saved. */
	readonly taken: number;
	readonly needed: number;
	/** Absent where too few were taken. */
	readonly figures?: {
		readonly asShown: Bounded;
		/** Those of which the log says something. */
		readonly instead: readonly InsteadFigures[];
		/** Those that would have shown what was never shown. */
		readonly unknown: readonly InsteadFigures['instead'][];
	};
}

/** Two ways of ranking in one list, as far as it has come. */
export interface TrialEvaluation {
	readonly rival: TrialRival;
	/** Visits in which one of them found more of what was opened or saved. */
	readonly wins: number;
	readonly losses: number;
	readonly ties: number;
	/** Who found more when there was most evidence. */
	readonly leader: 'present' | 'rival';
	/** At most this is the chance of so much evidence where both are alike, whenever one looks. */
	readonly pValue: number;
}

export interface OwnEvaluation {
	readonly history: HistoryEvaluation;
	readonly shown: ShownEvaluation;
	readonly trials: readonly TrialEvaluation[];
	/** A pack of others' behaviour is in use. */
	readonly pack: boolean;
}

export interface EvaluationApi {
	/** Takes seconds with a long history; nothing of it is kept. */
	evaluation: (now: number) => Promise<Reply<OwnEvaluation>>;
}
