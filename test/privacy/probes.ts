/**
 * Ways to send something to another origin, each under a name of its own. They run inside the
 * browser: a function here may use its argument and nothing else of this file.
 */

export interface Target {
	/** Somebody else's origin, e.g. `http://127.0.0.1:5000`. */
	readonly http: string;
	readonly webSocket: string;
	readonly stun: string;
	/** What the probe is to ask for, so that it is known when it arrives. */
	readonly name: string;
}

export type Probe = (target: Target) => unknown;

/** Host names end so; nothing answers there, and a look-up alone is a leak. */
export const LOOKUP_SUFFIX = 'leak.test';

/** What a page and its workers have in common. */
const everywhere = {
	fetch: ({ http, name }) => fetch(`${http}/${name}`, { mode: 'no-cors' }),
	'fetch-post': ({ http, name }) =>
		fetch(`${http}/${name}`, { mode: 'no-cors', method: 'POST', body: 'x', keepalive: true }),
	websocket: ({ webSocket, name }) => void new WebSocket(`${webSocket}/${name}`),
	eventsource: ({ http, name }) => void new EventSource(`${http}/${name}`),
} satisfies Record<string, Probe>;

const withXhr = {
	xhr: ({ http, name }) => {
		const request = new XMLHttpRequest();
		request.open('GET', `${http}/${name}`);
		request.send();
	},
	import: ({ http, name }) => import(/* @vite-ignore */ `${http}/${name}`),
} satisfies Record<string, Probe>;

export const workerProbes: Readonly<Record<string, Probe>> = { ...everywhere, ...withXhr };

export const serviceWorkerProbes: Readonly<Record<string, Probe>> = {
	...everywhere,
	'cache-add': async ({ http, name }) => {
		const cache = await caches.open('probe');
		await cache.add(new Request(`${http}/${name}`, { mode: 'cors' }));
	},
};

/** These leave the page where it is. */
export const pageProbes: Readonly<Record<string, Probe>> = {
	...everywhere,
	...withXhr,
	beacon: ({ http, name }) => navigator.sendBeacon(`${http}/${name}`, 'x'),
	image: ({ http, name }) => {
		new Image().src = `${http}/${name}`;
	},
	'css-image': ({ http, name }) => {
		document.body.style.backgroundImage = `url(${http}/${name})`;
	},
	font: ({ http, name }) => new FontFace('probe', `url(${http}/${name})`).load(),
	stylesheet: ({ http, name }) => {
		const link = document.createElement('link');
		link.rel = 'stylesheet';
		link.href = `${http}/${name}`;
		document.head.append(link);
	},
	preload: ({ http, name }) => {
		const link = document.createElement('link');
		link.rel = 'preload';
		link.as = 'image';
		link.href = `${http}/${name}`;
		document.head.append(link);
	},
	prefetch: ({ http, name }) => {
		const link = document.createElement('link');
		link.rel = 'prefetch';
		link.href = `${http}/${name}`;
		document.head.append(link);
	},
	iframe: ({ http, name }) => {
		const frame = document.createElement('iframe');
		frame.src = `${http}/${name}`;
		document.body.append(frame);
	},
	ping: ({ http, name }) => {
		const link = document.createElement('a');
		link.href = '#ping';
		link.ping = `${http}/${name}`;
		document.body.append(link);
		link.click();
	},
	video: ({ http, name }) => {
		const video = document.createElement('video');
		video.src = `${http}/${name}`;
		video.load();
	},
};

/** These send packets that are not HTTP. */
export const webRtc: Probe = async ({ stun }) => {
	const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] });
	connection.createDataChannel('probe');
	await connection.setLocalDescription(await connection.createOffer());
};

/** These make the browser look a name up: a name can carry anything. */
export const lookupProbes: Readonly<Record<string, (host: string) => unknown>> = {
	'dns-prefetch': (host) => {
		const link = document.createElement('link');
		link.rel = 'dns-prefetch';
		link.href = `http://${host}`;
		document.head.append(link);
	},
	preconnect: (host) => {
		const link = document.createElement('link');
		link.rel = 'preconnect';
		link.href = `http://${host}`;
		document.head.append(link);
	},
	'iframe-name': (host) => {
		const frame = document.createElement('iframe');
		frame.src = `http://${host}`;
		document.body.append(frame);
	},
	'fetch-name': (host) => fetch(`http://${host}`, { mode: 'no-cors' }),
};

/** These take the page, or a new window, elsewhere: each gets a page of its own. */
export const leavingProbes: Readonly<Record<string, Probe>> = {
	navigation: ({ http, name }) => {
		location.href = `${http}/${name}`;
	},
	'window-open': ({ http, name }) => void window.open(`${http}/${name}`),
	'link-blank': ({ http, name }) => {
		const link = document.createElement('a');
		link.href = `${http}/${name}`;
		link.target = '_blank';
		link.rel = 'noopener';
		document.body.append(link);
		link.click();
	},
	'meta-refresh': ({ http, name }) => {
		const meta = document.createElement('meta');
		meta.httpEquiv = 'refresh';
		meta.content = `0; url=${http}/${name}`;
		document.head.append(meta);
	},
	form: ({ http, name }) => {
		const form = document.createElement('form');
		form.action = `${http}/${name}`;
		form.method = 'POST';
		document.body.append(form);
		form.submit();
	},
};
