import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { filesIn } from './integrity-list.js';
import { allowances, type Allowance } from './scan-bundle-allowed';

/** A way out of the device, or one that code could come in by, as it stands in built files. */
export interface WayOut {
	readonly name: string;
	readonly pattern: RegExp;
}

/**
 * Every way is looked for by name, in code, comments and strings alike: a build is minified, but the
 * browser's own names stay. What the regular expressions cannot see (a name put together at run
 * time) is for the audit, which watches the network.
 */
export const waysOut: readonly WayOut[] = [
	{ name: 'fetch', pattern: /\bfetch(?:Later)?\b/g },
	{ name: 'XMLHttpRequest', pattern: /\bXMLHttpRequest\b/g },
	{ name: 'WebSocket', pattern: /\bWebSocket(?:Stream)?\b/g },
	{ name: 'EventSource', pattern: /\bEventSource\b/g },
	{ name: 'sendBeacon', pattern: /\bsendBeacon\b/g },
	{ name: 'RTCPeerConnection', pattern: /\b(?:webkit)?RTCPeerConnection\b/g },
	{ name: 'WebTransport', pattern: /\bWebTransport\b/g },
	{ name: 'a cookie', pattern: /\.cookie\b|\bcookieStore\b/g },
	{
		name: 'a new window',
		pattern: /\b(?:window|self|globalThis|top|parent)\.open\b|\bopenWindow\b/g,
	},
	{ name: 'a bare open()', pattern: /(?<![\w$.]|get |set |async |function )open\(/g },
	{
		name: 'leaving the page',
		pattern:
			/\blocation\.(?:assign|replace)\b|\blocation\.href\s*=(?!=)|(?<![\w$.-])location\s*=(?!=)|\b(?:window|self|document|globalThis|top|parent)\.location\s*=(?!=)|\bnavigation\.navigate\b|http-equiv=["']?refresh/gi,
	},
	{ name: 'importScripts', pattern: /\bimportScripts\b/g },
	{ name: 'new Function', pattern: /\bnew Function\b|(?<![\w$.])Function\(/g },
	{ name: 'eval', pattern: /(?<![\w$.-])eval\b(?!-)/g },
	{ name: 'document.write', pattern: /\bdocument\.write(?:ln)?\b/g },
	{ name: 'new Image', pattern: /\bnew Image\b/g },
	{ name: 'FontFace', pattern: /\bnew FontFace\b/g },
	{ name: 'a worklet', pattern: /\.addModule\b/g },
	{ name: 'a shared worker', pattern: /\bSharedWorker\b/g },
	{
		name: 'push or background work',
		pattern: /\bpushManager\b|\bbackgroundFetch\b|\bsync\.register\b/g,
	},
	{ name: 'payment or identity', pattern: /\bPaymentRequest\b|\bnavigator\.credentials\b/g },
	{ name: 'speech', pattern: /\bSpeechRecognition\b|\bspeechSynthesis\b/g },
	{
		name: 'a frame or a form',
		pattern: /<(?:iframe|object|embed|form)\b|createElement\(["'`](?:iframe|object|embed|form)/g,
	},
	{
		name: 'a resource hint',
		pattern: /dns-prefetch|preconnect|\brel=["']?(?:prefetch|prerender)|speculationrules/g,
	},
	{ name: 'a script by address', pattern: /<script\b[^>]*\bsrc=/g },
	{ name: 'an address', pattern: /\b(?:https?|wss?):\/\/[^\s"'`)<>\\,;]*/g },
	{ name: 'an address without scheme', pattern: /(?:["'`(=]|url\()\/\/[a-z0-9-]+\.[a-z]{2,}/gi },
	{
		name: 'a reporting address',
		pattern: /\breport-uri\b|\breport-to\b|\breporting-endpoints\b|^\s*nel:/gim,
	},
];

/** Files by which a host is told to send people, or their requests, elsewhere. */
const HOST_RULES =
	/(?:^|\/)(?:_redirects|_worker\.js|_routes\.json|\.htaccess|web\.config|netlify\.toml|vercel\.json)$/;

/** Pictures and fonts: no browser reads code or an address in them. */
const NOT_READ = /\.(?:png|woff2)$|^integrity\.json(?:\.sig)?$/;

export interface Finding {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly way: string;
	/** What stands there. */
	readonly found: string;
	/** The same with what stands around it. */
	readonly text: string;
}

export interface BundleScan {
	/** How many files were read. */
	readonly files: number;
	/** What nobody has looked at yet: the scan passes where this is empty. */
	readonly findings: readonly Finding[];
	/** What stands in the allow-list, how often it was met, and why it is there. */
	readonly allowed: readonly {
		readonly way: string;
		readonly why: string;
		readonly times: number;
	}[];
}

/**
 * Looks through every file of a built app for ways out, and holds what it finds against the list of
 * those that somebody has looked at and explained.
 *
 * @param folder  the built app
 */
export async function scanBundle(folder: string): Promise<BundleScan> {
	const names = (await filesIn(folder)).filter((name) => !NOT_READ.test(name));
	const times = new Map<Allowance, number>(allowances.map((allowance) => [allowance, 0]));
	const findings: Finding[] = [];
	for (const name of names) {
		const text = await readFile(path.join(folder, name), 'latin1');
		for (const finding of [...hostRule(name), ...waysOutIn(name, text)]) {
			const allowance = allowances.find((each) => allows(each, finding));
			if (allowance) times.set(allowance, (times.get(allowance) ?? 0) + 1);
			else findings.push(finding);
		}
	}
	const allowed = [...times].map(([{ way, why }, met]) => ({ way, why, times: met }));
	return { files: names.length, findings, allowed };
}

/** How much of what stands before and after is shown, and can be told apart by. */
const AROUND = 90;

/** Every way out in one file. */
export function waysOutIn(file: string, text: string): Finding[] {
	return waysOut.flatMap(({ name, pattern }) =>
		[...text.matchAll(pattern)].map((match) => ({
			file,
			line: text.slice(0, match.index).split('\n').length,
			way: name,
			found: match[0],
			text: text
				.slice(Math.max(0, match.index - AROUND), match.index + match[0].length + AROUND)
				.replace(/\s+/g, ' '),
		})),
	);
}

function hostRule(file: string): Finding[] {
	return HOST_RULES.test(file)
		? [{ file, line: 1, way: 'a rule for the host', found: file, text: file }]
		: [];
}

function allows({ way, found, text, file }: Allowance, finding: Finding): boolean {
	return (
		way === finding.way &&
		(found?.test(finding.found) ?? true) &&
		(text?.test(finding.text) ?? true) &&
		(file?.test(finding.file) ?? true)
	);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const { files, findings, allowed } = await scanBundle(process.argv[2] ?? 'build');
	for (const { file, line, way, text } of findings)
		console.error(`${file}:${line} ${way}\n\t${text}`);
	for (const { way, why, times } of allowed) console.log(`allowed ${times} times: ${way}. ${why}`);
	console.log(`${files} files, ${findings.length} ways out that nobody has explained`);
	process.exit(findings.length > 0 ? 1 : 0);
}
