import { PAGE, PAGE_AND_WORKER, EVERYWHERE, vectors } from '../vector';

/** Code from elsewhere, and code made from text. */
export const scripts = [
	...vectors(14, 'request', PAGE, {
		'script-element': ['<script src>', ({ url }, { add }) => add('script', { src: url })],
		'script-module': [
			'<script type=module src>',
			({ url }, { add }) => add('script', { type: 'module', src: url }),
		],
		modulepreload: [
			'<link rel=modulepreload>',
			({ url }, { add }) => add('link', { rel: 'modulepreload', href: url }, document.head),
		],
		'script-inline-import': [
			'import in a <script> of the page itself',
			({ url }, { add }) => {
				add('script', { type: 'module' }).textContent = `import ${JSON.stringify(url)}`;
			},
		],
		'script-svg': [
			'<svg><script href>',
			({ url }, { add }) => {
				const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
				const script = document.createElementNS('http://www.w3.org/2000/svg', 'script');
				script.setAttribute('href', url);
				svg.append(script);
				add('div').append(svg);
			},
		],
	}),
	...vectors(14, 'request', PAGE_AND_WORKER, {
		'dynamic-import': ['import()', ({ url }) => import(/* @vite-ignore */ url)],
	}),
	...vectors(37, 'request', EVERYWHERE, {
		'wasm-streaming': [
			'WebAssembly from elsewhere',
			({ url }) => WebAssembly.compileStreaming(fetch(url)),
		],
	}),
	...vectors(38, 'request', PAGE_AND_WORKER, {
		eval: [
			'eval',
			({ url }, { later }) =>
				later(() => {
					const evaluate = Reflect.get(globalThis, 'eval') as (text: string) => unknown;
					evaluate(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`);
				}),
		],
		function: [
			'new Function',
			({ url }, { later }) =>
				later(() => {
					const made = Function('url', "fetch(url, { mode: 'no-cors' })") as (url: string) => void;
					made(url);
				}),
		],
		'timer-text': [
			'a timer with text',
			({ url }, { later }) =>
				later(() => setTimeout(`fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`)),
		],
	}),
	...vectors(38, 'request', PAGE, {
		'inline-script': [
			'<script> with text',
			({ url }, { add }) => {
				add('script').textContent = `new Image().src = ${JSON.stringify(url)}`;
			},
		],
		'inline-handler': [
			'an onerror attribute',
			({ url }, { add }) =>
				add('img', { onerror: `fetch('${url}', { mode: 'no-cors' })`, src: 'data:,' }),
		],
		'javascript-address': [
			'a javascript: address',
			({ url }, { add }) =>
				add('a', { href: `javascript:void fetch('${url}', { mode: 'no-cors' })` }).click(),
		],
	}),
];
