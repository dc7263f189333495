import type { AreaSteering, Steering, SteeringPart } from '$lib/contracts';
import { figures } from './count';
import { list, percent } from './intl';

const BECAUSE: Readonly<Record<SteeringPart, string>> = {
	popularity: 'mostly because of how often homes there are chosen',
	others: 'mostly because of what others’ choices teach',
	order: 'mostly because of variety and of places for homes that Doorstep is unsure of',
};
/** So many areas are named in a sentence. */
const NAMED = 2;

/** What was found, in one sentence. */
export function steeringFinding({ apart, areas, chance, listed }: Steering): string {
	const first = `your first ${figures(listed, 'home')}`;
	if (apart <= chance)
		return `Of ${first}, each area has about the share that you asked for: no steering was found.`;
	const favoured = named(areas, 'favoured');
	const avoided = named(areas, 'avoided');
	const told = [
		...(favoured ? [`more of ${favoured}`] : []),
		...(avoided ? [`less of ${avoided}`] : []),
	];
	const what = told.length ? list(told) : 'a different mix of areas';
	return `In ${first} there is ${what} than you asked for.`;
}

function named(areas: readonly AreaSteering[], verdict: AreaSteering['verdict']): string {
	const gap = ({ asked, list: share }: AreaSteering) => Math.abs(share - asked);
	const found = areas.filter((area) => area.verdict === verdict).sort((a, b) => gap(b) - gap(a));
	return list(found.slice(0, NAMED).map(({ name }) => name));
}

export const shareWords = (share: number): string => percent(share, share < 0.1 ? 1 : 0);

/** `12 % of the list; 4 % was asked for, by chance 1 % to 8 %`. */
export function areaSentence({ asked, high, list: share, low }: AreaSteering): string {
	return `${shareWords(share)} of the list, ${shareWords(asked)} asked for; by chance ${shareWords(low)} to ${shareWords(high)}`;
}

export const becauseWords = (part: SteeringPart): string => BECAUSE[part];

export const verdictName = (verdict: AreaSteering['verdict']): string =>
	({ 'as-asked': 'as you asked', favoured: 'more than you asked', avoided: 'less than you asked' })[
		verdict
	];
