/** A way out that stands in the build and that somebody has looked at. */
export interface Allowance {
	/** Its name in `waysOut`. */
	readonly way: string;
	/** What stands there, exactly. */
	readonly found?: RegExp;
	/** What stands there and around it. Names of variables are the minifier's and change. */
	readonly text?: RegExp;
	readonly file?: RegExp;
	/** Whose it is, and why nothing leaves by it. */
	readonly why: string;
}

const OWN_FILE = 'Loads its own WASM file, which is part of the build.';
const SELF_TEST = 'The self-test tries this way against a canary, on request, with no data in it.';

/** What the attempts of the self-test look like: each says which rows of the plan it covers. */
const ATTEMPT = /attempt|rows:\[\d|group:`|self-test|\{address:\w/;

const namespaces =
	/^http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1998\/Math\/MathML|1999\/xlink)$/;

/** Whatever stands in the build and not here makes the scan fail. */
export const allowances: readonly Allowance[] = [
	// Our own.
	{
		way: 'fetch',
		file: /^service-worker\.js$/,
		text: /addEventListener\(`fetch`|fetch\(new Request\(\w+,\{mode:`same-origin`,credentials:`omit`,redire/,
		why: 'The service worker answers requests, and asks the host for the files of one fixed list.',
	},
	{
		way: 'fetch',
		text: /fetch\(location\.pathname,\{method:`HEAD`,credentials:`omit`\}/,
		why: 'Reads the headers of the page’s own address, to tell which policy is in force.',
	},
	{
		way: 'fetch',
		text: /fetch\(new URL\(`\/catalogue\/(?:homes|pack)\.bin`,\w+\),\w+\)/,
		why: 'The two files that the host offers to everyone, once a day or when a person opens the catalogue.',
	},
	{
		way: 'leaving the page',
		text: /unregister\(\),location\.href=\w+\}/,
		why: 'Goes to /erase, a fixed address, which the host answers by emptying the origin.',
	},
	{
		way: 'a script by address',
		text: /<script src="\/theme\.js"><\/script>/,
		why: 'Sets light or dark before the first paint. It is a file of the build.',
	},
	{
		way: 'a frame or a form',
		found: /^<form$/,
		text: /<form(?: (?![^>]*\b(?:action|method)=)[^>]*)?>/,
		why: 'Fields that belong together. No form has an address, and none is sent (form-action is none).',
	},

	// The self-test.
	{
		way: 'fetch',
		text: /controlled\)return \w+;let \w+=await fetch\(\w+,\{\.\.\.\w+,cache:`no-store`,credentials:`omit`/,
		why: 'The self-test asks the service worker for what it has to refuse.',
	},
	...[
		'fetch',
		'XMLHttpRequest',
		'WebSocket',
		'EventSource',
		'sendBeacon',
		'RTCPeerConnection',
		'WebTransport',
		'FontFace',
		'a worklet',
		'a shared worker',
		'a frame or a form',
		'a resource hint',
		'payment or identity',
		'new Function',
		'eval',
	].map((way) => ({ way, text: ATTEMPT, why: SELF_TEST })),
	{
		way: 'a shared worker',
		text: /=new SharedWorker\(\w+\),\w+=\w+\(\w+,`message`,`messageerror`\)/,
		why: SELF_TEST,
	},
	{
		way: 'a frame or a form',
		text: /frame\(\w+\)\{let \w+=document\.createElement\(`iframe`\);return \w+\.name=/,
		why: SELF_TEST,
	},
	{
		way: 'a resource hint',
		text: /HTMLScriptElement\.supports\(`speculationrules`\)\?/,
		why: SELF_TEST,
	},
	{
		way: 'an address',
		found: /^https:\/\/self-test\.invalid$/,
		why: `${SELF_TEST} Names that end in .invalid exist nowhere (RFC 2606).`,
	},

	// SvelteKit.
	{
		way: 'fetch',
		text: /window\.fetch(?:=|;|\(\w,\w\)\})/,
		why: 'SvelteKit wraps it for pages that load data from a server. None of ours does.',
	},
	{
		way: 'fetch',
		text: /fetch\(`\$\{\w+\}\/_app\/version\.json`/,
		why: 'SvelteKit’s own question for a newer version. It is switched off (pollInterval 0).',
	},
	{
		way: 'fetch',
		text: /hooks\.reroute\(\{url:/,
		why: 'SvelteKit hands it to a hook that this app does not have.',
	},
	{
		way: 'leaving the page',
		text: /\?location\.replace\(\w+\.href\):location\.href=\w+\.href,new Promise|document\.URL!==location\.href&&\(location\.href=location\.href\)|location\.replace\(new URL\(`#\$\{\w+\}`,location\.href\)\)/,
		why: 'SvelteKit loads a page of this app anew, or goes to a place within it.',
	},

	// TensorFlow.js, and what Emscripten puts around WASM.
	{
		way: 'fetch',
		text: /typeof fetch==`function`|fetch\(\w+,\{credentials:`same-origin`\}\)/,
		why: OWN_FILE,
	},
	{
		way: 'XMLHttpRequest',
		text: /=>\{var (\w+)=new XMLHttpRequest;(?:return )?\1\.open\(`GET`,\w+,!\d\)/,
		why: OWN_FILE,
	},
	{
		way: 'fetch',
		text: /fetch\((\w),(\w)\)\{return fetch\(\1,\2\)\}now\(\)|\.global\.fetch/,
		why: 'TensorFlow.js has it for models from elsewhere. Nothing of ours loads one.',
	},
	{
		way: 'importScripts',
		text: /typeof importScripts==`function`|importScripts\((?:e\.data\.urlOrBlob|objectUrl)\)|nodeWorkerThreads\.Worker,importScripts:function/,
		why: 'Emscripten tells by it where it runs. The threads, which would use it, are not started.',
	},
	{
		way: 'eval',
		text: /importScripts:function\(f\)\{\(0,eval\)\(fs\.readFileSync/,
		why: 'Emscripten’s branch for Node. The policy forbids eval.',
	},

	// Papa Parse.
	{
		way: 'XMLHttpRequest',
		text: /_chunkLoaded\(\);else\{if\(\w+=new XMLHttpRequest/,
		why: 'Papa Parse can read tables from an address. It is only ever handed a file.',
	},

	// Words.
	{
		way: 'fetch',
		text: /Ordinary requests: fetch, XHR, beacons, sockets/,
		why: 'A sentence on the page that says what each level stops.',
	},
	{
		way: 'a frame or a form',
		found: /^<object$/,
		text: /`<function>`:typeof \w+==`object`&&\w+\?`<object>`/,
		why: 'A word in an error of hyparquet-writer.',
	},
	{
		way: 'a bare open()',
		text: /Workaround for Chrome UnknownError on open\(\)/,
		why: 'A sentence that Dexie writes to the console.',
	},
	{ way: 'an address', found: namespaces, why: 'The name of a language, never asked for.' },
	{
		way: 'an address',
		found: /^https:\/\/svelte\.dev\/e\/[\w-]*$/,
		why: 'Where Svelte explains an error: text of the error.',
	},
	{
		way: 'an address',
		found: /^http:\/\/bit\.ly\/2kdckMn$|^https:\/\/tinyurl\.com\/y2uuvskb$/,
		why: 'Where Dexie explains an error: text of the error.',
	},
	{
		way: 'an address',
		found: /^https:\/\/(?:emscripten\.org\/docs\/|github\.com\/tensorflow\/tfjs-node$)/,
		why: 'Where TensorFlow.js and Emscripten explain an error: text of the error.',
	},
	{
		way: 'an address',
		found:
			/^http:\/\/www\.apache\.org\/licenses\/LICENSE-2\.0$|^https:\/\/tailwindcss\.com$|^https:\/\/github\.com\/mholt\/PapaParse$|^https:\/\/en\.wikipedia\.org\/wiki\/IEEE_754/,
		why: 'A licence, a credit or a source in a comment.',
	},
];
