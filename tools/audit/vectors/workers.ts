import { PAGE, PAGE_AND_WORKER, vectors } from '../vector';

/** Other places that a page or a worker can run code in. */
export const workers = [
	...vectors(32, 'request', PAGE, {
		'worker-own': [
			'a worker loaded from the own host, which sends what it is told',
			({ url, own }) => void new Worker(`${own}/audit-worker.js`, { name: url }),
		],
		'shared-worker': [
			'a shared worker made from text',
			({ url }) => {
				const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`;
				const script = new Blob([code], { type: 'text/javascript' });
				return new SharedWorker(URL.createObjectURL(script));
			},
		],
	}),
	...vectors(33, 'request', PAGE_AND_WORKER, {
		'worker-blob': [
			'a worker made from text',
			({ url }) => {
				const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`;
				const script = new Blob([code], { type: 'text/javascript' });
				return new Worker(URL.createObjectURL(script));
			},
		],
		'worker-data': [
			'a worker of a data: address',
			({ url }) => {
				const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`;
				return new Worker(`data:text/javascript,${encodeURIComponent(code)}`);
			},
		],
		'worker-import-scripts': [
			'a worker made from text that loads a script from elsewhere',
			({ url }) => {
				const code = `importScripts(${JSON.stringify(url)})`;
				const script = new Blob([code], { type: 'text/javascript' });
				return new Worker(URL.createObjectURL(script));
			},
		],
		'worker-module': [
			'a module worker made from text that imports from elsewhere',
			({ url }) => {
				const code = `import ${JSON.stringify(url)}`;
				const script = new Blob([code], { type: 'text/javascript' });
				return new Worker(URL.createObjectURL(script), { type: 'module' });
			},
		],
	}),
	...vectors(36, 'request', PAGE, {
		'audio-worklet': [
			'audio worklet',
			({ url }) => new OfflineAudioContext(1, 1, 44_100).audioWorklet.addModule(url),
		],
		'paint-worklet': [
			'paint worklet',
			({ url }) => {
				const page = CSS as unknown as { paintWorklet: { addModule(url: string): unknown } };
				return page.paintWorklet.addModule(url);
			},
		],
	}),
];
