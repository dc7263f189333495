import { canShare, copyText, mailText, shareText } from '$lib/client/gate';

/** Hands a text to the person, who passes it on: the gate has shown it and writes it down. */
export const handOver = {
	get canShare() {
		return canShare();
	},

	/** `false`: the person closed the browser's sheet. */
	async enquiry(how: 'copy' | 'share' | 'mail', title: string, message: string): Promise<boolean> {
		if (how === 'share') return shareText(message, 'enquiry');
		if (how === 'copy') await copyText(message, 'enquiry');
		else await mailText(title, message);
		return true;
	},

	/** By the browser's sheet where there is one, else by the clipboard; `null`: thought better of it. */
	async home(message: string): Promise<'shared' | 'copied' | null> {
		if (canShare()) return (await shareText(message, 'home')) ? 'shared' : null;
		await copyText(message, 'home');
		return 'copied';
	},
};
