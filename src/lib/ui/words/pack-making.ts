import type { MadePack, PackHeader, PackMetric, StaleWhy } from '$lib/contracts';
import { sentence } from './count';
import { list, number } from './intl';
import { epsilonWords } from './release';

const STALE: Record<StaleWhy, string> = {
	withdrawn: 'a purpose was taken back',
	forgotten: 'a guest or a booking was forgotten',
	restricted: 'a guest was restricted or objected',
	corrected: 'a booking was corrected',
	expired: 'bookings grew old and were removed',
};

/** What it costs, before it is made: `ε 1 of the budgets of 2023, 2024 and 2025, for good.` */
export function costWords(epsilon: number, years: readonly number[]): string {
	const of = years.length > 1 ? 'each of the budgets of' : 'the budget of';
	return `ε ${epsilonWords(epsilon)} of ${of} ${list(years.toSorted((a, b) => a - b).map(String))}, for good.`;
}

/** What goes in, and what does not. */
export function packRules(rules: {
	readonly mostHomes: number;
	readonly heldOutOf: number;
	readonly leftOut: number;
}): readonly { readonly rule: string; readonly why: string }[] {
	const left = rules.leftOut === 0 ? '' : ` That is ${number(rules.leftOut)} now.`;
	return [
		{
			rule: 'Which homes one guest chose, and in which order',
			why: `Of stays that are over, at most ${number(rules.mostHomes)} homes of a guest. Every guest counts for the same, however often they came.`,
		},
		{
			rule: 'No name, date, price or message',
			why: 'The file holds the homes, how often each was chosen, and which go together. Years are told, days are not.',
		},
		{
			rule: 'Noise on every number, zeros too',
			why: 'Drawn exactly, from the browser’s secure source. With or without one guest, the file comes out nearly as likely.',
		},
		{
			rule: `One guest in ${number(rules.heldOutOf)} has no part in it`,
			why: 'Drawn by lot. It is measured on them, and what is told of that has noise too.',
		},
		{
			rule: 'Restricted guests are left out',
			why: `So are those who objected.${left}`,
		},
	];
}

/** How it ranks the homes that guests chose later, beside popularity. */
export function packFinding({ guests, pack, popularity, standardError }: PackMetric): string {
	const apart = pack - popularity;
	// Both figures are uncertain, each by as much.
	const unsure = 2 * Math.SQRT2 * standardError;
	const asked = `Asked of about ${number(guests)} guests who had no part in it, after their first home.`;
	if (apart > unsure) return `${asked} It ranks better than popularity.`;
	if (apart < -unsure)
		return `${asked} It ranks worse than popularity: publish popularity instead.`;
	return `${asked} With this noise it can not be told from popularity.`;
}

/** `0.47 ± 0.09`. */
export const withError = (value: number, error: number): string =>
	`${number(value, 2)} ± ${number(error, 2)}`;

/** What the attack says. */
export function auditWords({ audit }: PackHeader, most: number): string {
	if (!audit) return 'Nobody tried to tell who is in it.';
	const between = `between ${number(audit.low, 2)} and ${number(audit.high, 2)}`;
	const tried = `Somebody who has the file and knows all that a guest did guesses whether the guest went in: ${between}, and a coin has 0.5.`;
	return audit.auc <= most
		? tried
		: `${tried} That is above ${number(most, 2)}, so nothing was written.`;
}

/** Where a made pack stands. */
export function packState({ passed, stale }: MadePack): string {
	if (stale) return `Taken back: ${STALE[stale.why]}`;
	return passed ? 'Ready to be signed' : 'Not written: its audit failed';
}

/** What follows from a pack that was taken back. */
export const staleWords = (why: StaleWhy): string =>
	`${sentence(STALE[why])} since it was made, so its file was removed here. Make one anew: it costs again. One that you have published can not be called back. That is what ε is for: nobody who has it can be sure that a guest was in it.`;
