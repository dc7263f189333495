import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scanBundle, waysOutIn } from '../../tools/scan-bundle';

/** One line for each way that a built file could use, and the name under which it is found. */
const WAYS: readonly (readonly [way: string, code: string])[] = [
	['fetch', 'e=>fetch(e)'],
	['fetch', 'window.fetch(e)'],
	['fetch', 'fetchLater(e)'],
	['XMLHttpRequest', 'new XMLHttpRequest'],
	['WebSocket', 'new WebSocket(e)'],
	['WebSocket', 'new WebSocketStream(e)'],
	['EventSource', 'new EventSource(e)'],
	['sendBeacon', 'navigator.sendBeacon(e)'],
	['RTCPeerConnection', 'new RTCPeerConnection()'],
	['WebTransport', 'new WebTransport(e)'],
	['a cookie', 'document.cookie=e'],
	['a cookie', 'cookieStore.set(e)'],
	['a new window', 'window.open(e)'],
	['a new window', 'clients.openWindow(e)'],
	['a bare open()', 'setTimeout(()=>open(e))'],
	['leaving the page', 'location.assign(e)'],
	['leaving the page', 'location.replace(e)'],
	['leaving the page', 'location.href=e'],
	['leaving the page', 'location=e'],
	['leaving the page', 'window.location=e'],
	['leaving the page', 'navigation.navigate(e)'],
	['leaving the page', '<meta http-equiv="refresh" content="0">'],
	['importScripts', 'importScripts(e)'],
	['new Function', 'new Function(e)'],
	['new Function', 'x=Function(e)'],
	['eval', 'eval(e)'],
	['eval', '(0,eval)(e)'],
	['document.write', 'document.write(e)'],
	['new Image', 'new Image().src=e'],
	['FontFace', 'new FontFace(a,e)'],
	['a worklet', 'audioWorklet.addModule(e)'],
	['a shared worker', 'new SharedWorker(e)'],
	['push or background work', 'registration.pushManager'],
	['payment or identity', 'new PaymentRequest(e)'],
	['speech', 'speechSynthesis.speak(e)'],
	['a frame or a form', 'document.createElement(`iframe`)'],
	['a frame or a form', '<form action="/">'],
	['a resource hint', '<link rel="dns-prefetch" href="/">'],
	['a script by address', '<script src="/other.js"></script>'],
	['an address', '`https://elsewhere.example/x`'],
	['an address', '"wss://elsewhere.example"'],
	['an address without scheme', '<img src="//elsewhere.example/x">'],
	['a reporting address', '\n  NEL: {}'],
	['a reporting address', 'Content-Security-Policy: report-uri /x'],
];

describe('each way out is found by name', () => {
	test.each(WAYS)('%s: %s', (way, code) => {
		const found = waysOutIn('some.js', `const a=1;\n;${code}\n`);
		expect(found.map((each) => each.way)).toContain(way);
	});

	test('what only sounds like one is left alone', () => {
		const code = [
			'e.open()',
			'{get open(){return 1},set open(e){}}',
			'a.location=b',
			'camera=(), geolocation=()',
			'location.href===e',
			'`nothing leaves`',
			"script-src 'self' 'wasm-unsafe-eval'",
			'evaluate(e)',
			'prefetched',
			'// a comment, and a/b//c',
		];
		expect(code.flatMap((line) => waysOutIn('some.js', line))).toEqual([]);
	});
});

describe('a built folder', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'doorstep-scan-'));
		await mkdir(path.join(folder, '_app'));
		await write(
			'index.html',
			'<script src="/theme.js"></script><svg xmlns="http://www.w3.org/2000/svg"/>',
		);
		await write('_app/start.js', 'const a=1;\nstart()');
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
	const findings = async () =>
		(await scanBundle(folder)).findings.map(({ file, line, way }) => `${file}:${line} ${way}`);

	test('with nothing but what was explained passes, and says what it allowed', async () => {
		const { findings, allowed, files } = await scanBundle(folder);
		expect(findings).toEqual([]);
		expect(files).toBe(2);
		expect(allowed.filter(({ times }) => times > 0).map(({ way }) => way)).toEqual([
			'a script by address',
			'an address',
		]);
	});

	test('with a fetch in a worker fails and names file and line', async () => {
		await write('_app/store.worker.js', 'const a=1;\n\nfetch(`/x`)');
		expect(await findings()).toEqual(['_app/store.worker.js:3 fetch']);
	});

	test('with an image from elsewhere, a cookie or a redirect of the host fails', async () => {
		await write('browse.html', '<img src="https://elsewhere.example/pixel">');
		await write('_app/start.js', 'document.cookie=`a=1`');
		await write('_redirects', '/* /elsewhere 302');
		expect(await findings()).toEqual([
			'_app/start.js:1 a cookie',
			'_redirects:1 a rule for the host',
			'browse.html:1 an address',
		]);
	});

	test('an address beside an allowed one is not allowed with it', async () => {
		await write(
			'icon.svg',
			'<svg xmlns="http://www.w3.org/2000/svg" href="https://elsewhere.example">',
		);
		expect(await findings()).toEqual(['icon.svg:1 an address']);
	});

	test('an allowed start of an address does not allow what follows', async () => {
		await write('_app/start.js', '`http://www.w3.org/2000/svg.elsewhere.example/`');
		expect(await findings()).toEqual(['_app/start.js:1 an address']);
	});

	test('binary files are read too: an address in WASM is found', async () => {
		await writeFile(
			path.join(folder, '_app/part.wasm'),
			Buffer.concat([
				Buffer.from([0, 97, 115, 109, 255]),
				Buffer.from('http://elsewhere.example\0'),
			]),
		);
		expect(await findings()).toEqual(['_app/part.wasm:1 an address']);
	});
});
