import { absent, answered, firstOf, refused, silent, type Sign, type TriedWay } from '../way';
import { stage } from './stage';

interface PolicyMaker {
	createPolicy(name: string, rules: Record<string, never>): unknown;
}

/** A link in the head that asks for something before it is needed. */
function hinted(rel: string, as: string, address: string): Sign {
	const link = document.createElement('link');
	link.rel = rel;
	link.as = as;
	link.href = address;
	stage.inHead(link);
	return silent;
}

/** Whether text became code: it would set a word on the element. */
function ranIn(element: HTMLElement): Sign {
	return element.dataset.ran ? answered : refused(undefined);
}

const way = (
	id: string,
	name: string,
	row: number,
	attempt: TriedWay['attempt'],
	more: Partial<TriedWay> = {},
): TriedWay => ({ id, name, group: 'code', rows: [row], place: 'page', attempt, ...more });

export const code: readonly TriedWay[] = [
	way(
		'script',
		'A script from elsewhere',
		14,
		({ address }) => {
			const script = document.createElement('script');
			const sign = firstOf(script, 'load', 'error');
			script.src = address;
			stage.show(script);
			return sign;
		},
		{ alone: true, ending: '.js' },
	),
	way(
		'module-preload',
		'A module asked for ahead',
		15,
		({ address }) => hinted('modulepreload', 'script', address),
		{ ending: '.js' },
	),
	way(
		'preload',
		'An image asked for ahead',
		15,
		({ address }) => hinted('preload', 'image', address),
		{
			ending: '.png',
		},
	),
	way('prefetch', 'A page asked for ahead', 15, ({ address }) => hinted('prefetch', '', address), {
		ending: '.html',
	}),
	way(
		'shared-worker',
		'A shared worker made of text',
		32,
		async ({ address }) => {
			if (typeof SharedWorker === 'undefined') return absent;
			const text = `onconnect = (event) => fetch(${JSON.stringify(address)}, { mode: 'no-cors' }).then(() => event.ports[0].postMessage(1))`;
			const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
			const { port } = new SharedWorker(url);
			const sign = firstOf(port, 'message', 'messageerror');
			port.start();
			const result = await Promise.race([sign, pause(1_000).then(() => silent)]);
			URL.revokeObjectURL(url);
			return result;
		},
		{ alone: true },
	),
	way(
		'worklet',
		'A module for sound',
		36,
		({ address }) =>
			new OfflineAudioContext(1, 1, 44_100).audioWorklet.addModule(address).then(() => answered),
		{ ending: '.js' },
	),
	way(
		'script-of-text',
		'A script made of text',
		38,
		() => {
			const box = stage.show(document.createElement('div'));
			const script = document.createElement('script');
			script.text = 'document.currentScript.parentElement.dataset.ran = "1"';
			box.append(script);
			return ranIn(box);
		},
		{ alone: true },
	),
	way(
		'handler-of-text',
		'A handler made of text',
		38,
		() => {
			const button = stage.show(document.createElement('button'));
			button.setAttribute('onclick', 'this.dataset.ran = "1"');
			button.click();
			return ranIn(button);
		},
		{ alone: true },
	),
	way(
		'markup',
		'Markup made of text',
		38,
		() => {
			const box = stage.show(document.createElement('div'));
			box.innerHTML = '<b>1</b>';
			return box.firstElementChild ? answered : refused(undefined);
		},
		{ alone: true },
	),
	way(
		'own-policy',
		'A rule of its own for text as code',
		38,
		({ token }) => {
			const maker = (globalThis as { trustedTypes?: PolicyMaker }).trustedTypes;
			if (!maker) return absent;
			maker.createPolicy(token, {});
			return answered;
		},
		{ alone: true },
	),
];

const pause = (milliseconds: number) =>
	new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
