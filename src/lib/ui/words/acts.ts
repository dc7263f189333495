import type { ActKind, Home, RememberedAct } from '$lib/contracts';
import { homeNamed } from './homes';
import { duration } from './intl';
import { dismissReasonWords } from './taste';

const DID: Record<ActKind, string> = {
	impression: 'Saw',
	view: 'Opened',
	dwell: 'Looked long at',
	search: 'Searched',
	save: 'Saved',
	unsave: 'Took back the save of',
	dismiss: 'Dismissed',
	undismiss: 'Took back the dismissal of',
	like: 'Liked',
	unlike: 'Took back the like of',
	share: 'Shared',
	enquire: 'Wrote to the host of',
	choose: 'Chose',
	pass: 'Passed over',
};

/**
 * One remembered act: `Saved the two-bed flat`, `Dismissed “Mill loft”: too expensive`,
 * `Searched “garden”, under $1,800`.
 *
 * @param home absent where the catalogue no longer has it
 * @param filter the words of a search's filter (`filterWords`)
 */
export function actSentence(
	act: Pick<RememberedAct, 'kind' | 'reason' | 'seconds'>,
	home: Home | undefined,
	filter = '',
	locale?: string,
): string {
	if (act.kind === 'search') return filter ? `Searched ${filter}` : 'Looked through all homes';
	const which = home ? homeNamed(home) : 'a home that has left the catalogue';
	const said = `${DID[act.kind]} ${which}`;
	if (act.kind === 'dismiss' && act.reason) return `${said}: ${dismissReasonWords(act.reason)}`;
	if (act.kind === 'dwell' && act.seconds) return `${said}, ${duration(act.seconds, locale)}`;
	return said;
}
