import type { KeptPack, PackFrom, PackHeader, PackTrial, WaitingPack } from '$lib/contracts';
import { figures, sentence } from './count';
import { number } from './intl';
import { civilDate } from './time';

const DAY = 86_400_000;
/** With more, one guest can change what is seen more than sevenfold. */
const MOST_THAT_GUARDS = 2;

/** `Version 3 for Sample town, made 1 June 2025`. */
export function packName({ madeAt, place, version }: PackHeader, locale?: string): string {
	const of = place ? ` for ${place}` : '';
	return `Version ${number(version)}${of}, made ${civilDate(Math.floor(madeAt / DAY), locale)}`;
}

/** From how much it was learned. The counts of a private pack carry noise. */
export function packSource({ counts, privacy, provenance }: PackHeader): string {
	const stays = Math.max(0, Math.round(counts.stays));
	const guests = Math.max(0, Math.round(counts.guests));
	const about = privacy ? 'about ' : '';
	const made = provenance.sample ? ', all of them made up' : '';
	if (!stays && !guests) return 'Its maker does not say.';
	return `${sentence(`${about}${figures(stays, 'stay')} of ${figures(guests, 'guest')}${made}`)}.`;
}

/** How its guests are guarded. */
export function packPrivacy({ privacy }: PackHeader): string {
	if (!privacy) return 'Its maker does not say. A guest may be recognisable in it.';
	const means =
		privacy.epsilon <= MOST_THAT_GUARDS
			? 'Nobody who has the file can be sure that one guest is in it.'
			: 'That is too large to guard much.';
	return `Differential privacy for each guest with all that they did: ε ${number(privacy.epsilon, 2)}. ${means}`;
}

/** How well it did on the person's own acts. */
export function packTrial({ acts, after, before }: PackTrial): string {
	if (acts === 0 || after === null || before === null)
		return 'Nothing to try it on yet: what you save and enquire about is what it is measured by.';
	const few = acts < 5 ? ' Too few to speak against it.' : '';
	return `${sentence(figures(acts, 'home'))} that you took to, each ranked before you did: ${number(after, 3)} with it, ${number(before, 3)} without it or with the one before. First place every time would be 1.${few}`;
}

/** `From a file that you opened`. */
export const packFrom = (from: PackFrom): string =>
	from === 'host' ? 'From this site' : 'From a file that you opened';

/** `It knows 52 of its 60 homes here`. */
export const packKnows = ({ homes, homesHere }: Pick<KeptPack, 'homes' | 'homesHere'>): string =>
	homesHere === 0
		? 'None of the homes that are open now: it changes nothing until its own are back.'
		: `${figures(homesHere, 'home')} of the ones here, of ${number(homes)} that it knows.`;

export const waitingKnows = ({ homesHere }: WaitingPack): string =>
	`It knows ${figures(homesHere, 'home')} of the ones here.`;
