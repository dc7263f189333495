import { absent, silent, type TriedWay } from '../way';
import { stage } from './stage';

type LaterScope = typeof globalThis & {
	readonly fetchLater?: (address: string, options: { activateAfter: number }) => unknown;
};

export const requests: readonly TriedWay[] = [
	{
		id: 'beacon',
		name: 'A beacon',
		group: 'requests',
		rows: [3],
		place: 'page',
		attempt({ address, token }) {
			navigator.sendBeacon(address, token);
			return silent;
		},
	},
	{
		id: 'fetch-later',
		name: 'fetch after the page is closed',
		group: 'requests',
		rows: [7],
		place: 'page',
		attempt({ address }) {
			const { fetchLater } = globalThis as LaterScope;
			if (!fetchLater) return absent;
			fetchLater(address.replace(/^http:/, 'https:'), { activateAfter: 0 });
			return silent;
		},
	},
	{
		id: 'ping',
		name: 'The ping of a link',
		group: 'requests',
		rows: [29],
		place: 'page',
		attempt({ address, token }) {
			const link = document.createElement('a');
			link.href = 'about:blank';
			link.target = stage.frame(`${token}-ping`).name;
			link.ping = address;
			stage.show(link).click();
			return silent;
		},
	},
];
