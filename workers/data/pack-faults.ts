import type { Fault } from '$lib/contracts';
import { FaultError } from './fault';

const KEPT = 'What others’ choices taught so far, your homes and your acts, as they were.';
const ASK_THE_SITE = 'Ask the site for its pack again. If it happens again, tell them.';

/** Why a pack was not taken, in plain words. */
function refusal(name: Fault['name'], message: string, next: string, detail?: string): FaultError {
	return new FaultError({ name, message, kept: KEPT, next, ...(detail ? { detail } : {}) });
}

/** @param why what `decodePack` says: words of the format, never a value of the file */
export const packDamaged = (why: string) =>
	refusal('PackDamaged', `This pack is damaged, or none: ${why}.`, ASK_THE_SITE, why);

export const packUnsigned = () =>
	refusal(
		'PackUnsigned',
		'Nobody has signed this pack, so nobody can tell who made it.',
		'Ask the site for the signed file.',
	);

export const packForeignKey = () =>
	refusal(
		'PackForeignKey',
		'This pack is signed by another key than the one that belongs to these homes.',
		'Take packs from the site that your homes are from.',
	);

export const packAltered = () =>
	refusal(
		'PackAltered',
		'This pack was altered after it was signed.',
		'Get the file again from the site. Whoever altered it may have wanted to steer what you see.',
	);

export const packOlder = (offered: number, newest: number) =>
	refusal(
		'PackOlder',
		`This is version ${offered} of the pack, and version ${newest} was here already. It never goes back.`,
		'Nothing: a newer one is taken when the site has it.',
	);

export const packOtherPlace = () =>
	refusal(
		'PackOtherPlace',
		'This pack knows none of the homes that you have here.',
		'Open the homes that it was made for, then the pack.',
	);

export const packWorse = () =>
	refusal(
		'PackWorse',
		'Tried on your own acts, this pack ranked the homes that you took to lower than before.',
		'Nothing: the next pack is tried again, and what you do from now on counts.',
	);
