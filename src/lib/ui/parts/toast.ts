import { toast } from 'svelte-sonner';

/** Long enough to read, find the button and reach it. */
const EIGHT_SECONDS = 8000;

/** Says what happened. */
export function say(words: string): void {
	toast(words, { duration: EIGHT_SECONDS });
}

/** Says what happened and offers to take it back for eight seconds. */
export function sayWithUndo(words: string, undo: () => void): void {
	toast(words, { duration: EIGHT_SECONDS, action: { label: 'Undo', onClick: undo } });
}
