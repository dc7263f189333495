import { store } from './index';

/**
 * The one way out. Whatever a person exports, copies, shares or mails passes here after it was
 * shown, and is written down in the ledger: what and how many bytes, never its text.
 */

/** What a saved file holds, as the ledger calls it. Raw data goes to its owner alone. */
export type SavedSubject =
	| 'everything'
	| 'refused rows'
	| 'features'
	| 'prices'
	/** Figures of many people, with noise. */
	| 'figures'
	/** All that is kept of one person. */
	| 'archive'
	| 'report'
	/** What others’ choices teach, with noise, signed. */
	| 'model_pack'
	/** A half of the key that signs packs. */
	| 'key'
	| 'ledger';

/** Saves a file that was shown before. */
export const saveFile = (file: Blob, name: string): Promise<void> =>
	saveBlob(file, name, 'everything');

/** Saves a part of what is here: what was on the page, or stands in the table that the page names. */
export async function saveBlob(file: Blob, name: string, subject: SavedSubject): Promise<void> {
	await store.tell('noteRelease', 'exported', subject, file.size);
	const address = URL.createObjectURL(file);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The browser reads the file after the click; a minute is ample.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export async function copyText(text: string, subject: 'enquiry' | 'home'): Promise<void> {
	await note(text, subject);
	await navigator.clipboard.writeText(text);
}

/** `false`: the person closed the browser's sheet. */
export async function shareText(text: string, subject: 'enquiry' | 'home'): Promise<boolean> {
	await note(text, subject);
	try {
		await navigator.share({ text });
		return true;
	} catch {
		return false;
	}
}

export const canShare = (): boolean => typeof navigator.share === 'function';

/** Opens the person's own mail program with a draft. */
export async function mailText(title: string, text: string): Promise<void> {
	await note(text, 'enquiry');
	const link = document.createElement('a');
	link.href = `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
	link.click();
}

async function note(text: string, subject: string): Promise<void> {
	await store.tell('noteRelease', 'shared', subject, new TextEncoder().encode(text).length);
}
