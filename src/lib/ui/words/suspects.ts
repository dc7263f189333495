import type { Suspect } from '$lib/contracts/insight';
import { number, percent } from './intl';

const REASONS: Record<Suspect['reason'], string> = {
	AloneTellsAll: 'alone tells almost everything, as only a record of the outcome can',
	NeverWithOutcome: 'never stands beside the outcome, as if it were filled in afterwards',
	FilledInLater: 'looks as if it were put right later',
	BreaksWithTime: 'means something else in later rows than in earlier ones',
	DatedAfter: 'holds dates from after the moment of the prediction',
};

/** `parking_spaces never stands beside the outcome, as if it were filled in afterwards.` */
export function suspectSentence({ column, reason }: Suspect): string {
	return `${column} ${REASONS[reason]}.`;
}

/** What was done with it. */
export function verdictOf({ verdict }: Suspect): string {
	return verdict === 'refused'
		? 'Not used. A model that used it would not be promoted.'
		: 'Used, and named here so that you can judge.';
}

/**
 * The numbers behind a suspicion, in words: `Of 7,416 rows 0 had the outcome, where about 2,750 would be
 * expected.` Evidence unknown here stands by its own names.
 */
export function suspectEvidence({ reason, evidence }: Suspect, locale?: string): string {
	const count = (key: string): string => number(evidence[key] ?? 0, 0, locale);
	const share = (key: string): string => percent(evidence[key] ?? 0, 1, locale);
	const has = (...keys: string[]): boolean => keys.every((key) => key in evidence);
	const pairs = (key: string): string => `${number((evidence[key] ?? 0) * 100, 1, locale)} of 100`;
	if (reason === 'NeverWithOutcome' && has('rows', 'withOutcome', 'expected'))
		return `Of ${count('rows')} rows ${count('withOutcome')} had the outcome, where about ${count('expected')} would be expected.`;
	if (reason === 'AloneTellsAll' && has('auc'))
		return `By itself it tells ${pairs('auc')} pairs apart, over ${count('rows')} rows.`;
	if (reason === 'DatedAfter' && has('shareAfter'))
		return `${share('shareAfter')} of ${count('rows')} dates lie after the day that the row is about.`;
	if (reason === 'BreaksWithTime' && has('auc', 'aucFromEarlier'))
		return `In later rows it tells ${pairs('auc')} pairs apart; by what earlier rows taught, ${pairs('aucFromEarlier')}.`;
	if (reason === 'FilledInLater' && has('rateWhereSame', 'rateWhereDifferent'))
		return `Where it differs from its twin (${count('rows')} rows), ${share('rateWhereDifferent')} had the outcome; elsewhere ${share('rateWhereSame')}.`;
	if (reason === 'FilledInLater' && has('share', 'rate', 'rateOfRest'))
		return `Its usual value (${share('share')} of rows) had the outcome in ${share('rate')}; all others in ${share('rateOfRest')}.`;
	return Object.entries(evidence)
		.map(([name, value]) => `${name} ${number(value, Number.isInteger(value) ? 0 : 3, locale)}`)
		.join(', ');
}
