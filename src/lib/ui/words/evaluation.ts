import type {
	Bounded,
	HistoryEvaluation,
	InsteadFigures,
	RankingFigures,
	ShownEvaluation,
	TrialEvaluation,
	TrialRival,
} from '$lib/contracts/evaluation';
import { counted, figures, spelled } from './count';
import { number, percent, smallNumber } from './intl';

/** `21% to 64%`: where the truth lies, at least 95 times in 100. */
export function rangeWords({ low, high }: Bounded, locale?: string): string {
	const digits = high - low < 0.02 ? 1 : 0;
	return `${percent(low, digits, locale)} to ${percent(high, digits, locale)}`;
}

/** What is found, in a sentence. */
export function historyFinding(history: HistoryEvaluation, locale?: string): string {
	const { cases, counted: count, figures: found, needed } = history;
	if (!found)
		return `Too little to say: you have opened or saved ${counted(cases, 'home', 'homes', locale)} so far, and it takes ${spelled(needed, locale)}.`;
	const hits = ({ recall }: RankingFigures) => Math.round(recall.value * count);
	const own = hits(found.present);
	const most = hits(found.popularity);
	const first = `Of ${number(count, 0, locale)} homes that you opened or saved, ${spelled(own, locale)} stood in the first ten of your list before you did, and`;
	if (own === most) return `${first} as many in the ten that most people choose.`;
	return `${first} ${spelled(most, locale)} in the ten that most people choose. ${gainVerdict(found.gain.recall)}`;
}

/** Whether the difference is more than chance. */
export function gainVerdict({ low, high }: Bounded): string {
	if (low > 0) return 'Your list is better, and by more than chance.';
	if (high < 0) return 'Popularity is better, and by more than chance.';
	return 'Chance alone could make that difference.';
}

export interface FigureRow {
	readonly name: string;
	/** What it means. */
	readonly says: string;
	readonly present: FigureCell;
	readonly popularity: FigureCell;
}

interface FigureCell {
	readonly value: string;
	/** Its interval, where there is one. */
	readonly range?: string;
}

/** The figures of both ways of ranking, as rows of a table. */
export function figureRows(
	{ present, popularity }: Readonly<Record<'present' | 'popularity', RankingFigures>>,
	locale?: string,
): FigureRow[] {
	const share = (name: 'recall' | 'ndcg' | 'mrr') => (of: RankingFigures) => ({
		value: percent(of[name].value, 0, locale),
		range: rangeWords(of[name], locale),
	});
	const plain =
		(name: 'novelty' | 'diversity' | 'areas' | 'prices', digits: number) =>
		(of: RankingFigures) => ({ value: number(of[name], digits, locale) });
	const coverage = (of: RankingFigures) => ({
		value: percent(of.coverage, of.coverage < 0.1 ? 1 : 0, locale),
	});
	const rows: readonly (readonly [string, string, (of: RankingFigures) => FigureCell])[] = [
		[
			'In the first ten',
			'Homes that stood there before you opened or saved them (recall).',
			share('recall'),
		],
		['And how high', 'The same, where a lower place of the ten counts less (NDCG).', share('ndcg')],
		['Near the top', '100% where all stood first, 50% where all stood second (MRR).', share('mrr')],
		[
			'Homes it reached',
			'Of all homes, those that ever stood in the first ten (coverage).',
			coverage,
		],
		[
			'Unusual homes',
			'More where fewer people chose the homes; in bits (novelty).',
			plain('novelty', 1),
		],
		[
			'Different homes',
			'From 0, all alike, to 1, nothing in common (diversity).',
			plain('diversity', 2),
		],
		[
			'Areas missed',
			'0 where the list has the areas you chose before, in the same shares (calibration).',
			plain('areas', 2),
		],
		['Prices missed', 'The same for cheap and dear, in quarters.', plain('prices', 2)],
	];
	return rows.map(([name, says, of]) => ({
		name,
		says,
		present: of(present),
		popularity: of(popularity),
	}));
}

/** What For you showed and what came of it. */
export function shownFinding({ shown, taken, figures: found, needed }: ShownEvaluation): string {
	if (shown === 0) return 'For you has shown you no homes yet, or learning was paused.';
	const sum = `For you showed ${figures(shown, 'home')}, and you opened or saved ${taken === 0 ? 'none' : spelled(taken)} of them in the same visit.`;
	if (!found) return `${sum} Too little to say: it takes ${spelled(needed)}.`;
	return `${sum} That is ${percent(found.asShown.value, 1)}, and chance allows for ${rangeWords(found.asShown)}.`;
}

const INSTEAD: Record<InsteadFigures['instead'], string> = {
	'best-guess': 'Best guesses alone',
	popularity: 'What most people choose',
};

/** A way of choosing, over its figures. */
export const insteadColumn = (instead: InsteadFigures['instead']): string => INSTEAD[instead];

export interface InsteadRow {
	readonly name: string;
	/** What it means. */
	readonly says: string;
	/** One for each way of choosing. */
	readonly cells: readonly FigureCell[];
}

/** What other ways of choosing would have been worth, and how much stands behind it, as rows of a table. */
export function insteadRows(all: readonly InsteadFigures[], locale?: string): InsteadRow[] {
	const worth = (name: 'ips' | 'snips' | 'doublyRobust') =>
		all.map((figures) => ({
			value: percent(figures[name].value, 0, locale),
			range: rangeWords(figures[name], locale),
		}));
	return [
		{
			name: 'Weighted',
			says: 'By the chance that each home had to be shown (IPS).',
			cells: worth('ips'),
		},
		{
			name: 'Shared out',
			says: 'The same, over what could be compared (SNIPS).',
			cells: worth('snips'),
		},
		{
			name: 'With a model',
			says: 'A simple one, corrected by what happened (doubly robust).',
			cells: worth('doublyRobust'),
		},
		{
			name: 'Could be compared',
			says: 'Of what it would have shown. The less, the more the first is too low.',
			cells: all.map(({ meanWeight }) => ({ value: percent(Math.min(1, meanWeight), 0, locale) })),
		},
		{
			name: 'Counts as',
			says: 'So many homes of equal weight.',
			cells: all.map(({ effective }) => ({ value: number(effective, 0, locale) })),
		},
	];
}

/** Why there is no figure. */
export function unknownInstead(instead: InsteadFigures['instead']): string {
	return `${INSTEAD[instead]}: too many homes of that list were not shown to you, so nothing can be said.`;
}

const RIVALS: Record<TrialRival, string> = {
	popularity: 'What most people choose',
	own: 'Your own acts alone',
};

export const rivalName = (rival: TrialRival): string => RIVALS[rival];

/** As good as certain: so little chance where both are alike. */
const SURE = 0.05;

/** How a trial stands; one may read it at any time. */
export function trialVerdict({ leader, wins, losses, ties, pValue }: TrialEvaluation): string {
	if (wins + losses + ties === 0)
		return 'No visit yet in which you opened or saved a home that one of them put there.';
	const chance = smallNumber(Number(pValue.toPrecision(2)));
	if (pValue <= SURE)
		return `${leader === 'present' ? 'Your list' : 'The other one'} is better (p = ${chance}).`;
	return `Not told apart yet (p = ${chance}).`;
}

/** `Your list won three visits, lost one`. */
export function trialScore({ wins, losses, ties }: TrialEvaluation): string {
	const level = ties ? `, ${spelled(ties)} level` : '';
	return `Your list won ${counted(wins, 'visit')}, lost ${spelled(losses)}${level}`;
}
