import type { BuildCheck, SignatureVerdict } from '$lib/contracts';
import { counted } from './count';

/** A fingerprint as people compare it: lines of four groups of four. */
export function fingerprintLines(fingerprint: string): string[] {
	return groups(groups(fingerprint, 4), 4).map((line) => line.join(' '));
}

function groups<T extends string | string[]>(whole: T, size: number): T[] {
	const count = Math.ceil(whole.length / size);
	return Array.from({ length: count }, (_, i) => whole.slice(i * size, (i + 1) * size) as T);
}

/** What a check found, in a sentence. */
export function checkSentence({ checked, different, missing }: BuildCheck): string {
	if (different.length + missing.length === 0) {
		return `All ${checked} files that this device keeps are those of the list.`;
	}
	const parts = [
		...(different.length ? [`${counted(different.length, 'file')} with other content`] : []),
		...(missing.length ? [`${counted(missing.length, 'file')} not there`] : []),
	];
	return `Of ${checked} files that this device should keep: ${parts.join(', ')}.`;
}

/** Whether a check found nothing amiss. */
export function soundBuild({ different, missing, signature }: BuildCheck): boolean {
	return different.length + missing.length === 0 && ['valid', 'unsigned'].includes(signature);
}

export const signatureWords: Record<SignatureVerdict, string> = {
	valid: 'The list is signed with the key that is part of this app.',
	wrong: 'The list does not carry a signature by the key that is part of this app.',
	missing: 'The list says that it is signed, but no signature came with it.',
	unsigned: 'This build is not signed: only the fingerprint tells it from another.',
	unknown: 'The list is signed, and this browser cannot check signatures of this kind (Ed25519).',
};

/** What nobody should conclude from a page that checks itself. */
export const limitsOfTheCheck =
	'A host that serves a changed app can change this page too. So compare the fingerprint with the published one, on a second device or read out by somebody else; or check the whole site from a computer with “npm run verify”.';

export const notKeptYet =
	'This page was loaded from the network and not from this device’s own copy, so there is no list to show. Reload once; if it stays, this browser keeps no copy.';
