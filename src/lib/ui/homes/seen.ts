import type { Attachment } from 'svelte/attachments';

const HALF = 0.5;
const SECOND = 1000;

/**
 * Calls once when the element has been at least half visible for one second without a break, on a
 * page that is itself in view: the rule by which an impression counts.
 */
export function seen(callback: () => void): Attachment<HTMLElement> {
	return (element) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let visible = false;
		const stop = (): void => clearTimeout(timer);
		const start = (): void => {
			stop();
			if (visible && document.visibilityState === 'visible') timer = setTimeout(count, SECOND);
		};
		const observer = new IntersectionObserver(
			(entries) => {
				visible = (entries.at(-1)?.intersectionRatio ?? 0) >= HALF;
				start();
			},
			{ threshold: HALF },
		);
		const end = (): void => {
			stop();
			observer.disconnect();
			document.removeEventListener('visibilitychange', start);
		};
		const count = (): void => {
			end();
			callback();
		};
		document.addEventListener('visibilitychange', start);
		observer.observe(element);
		return end;
	};
}
