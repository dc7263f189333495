import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesIn, sha256 } from '../integrity-list.js';
import { sbom } from '../sbom';
import { evidence } from './har';
import type { Walk } from './journeys/walk';
import { type Part, toHtml, toMarkdown } from './parts';
import { type AuditResult, sentence } from './result';
import {
	comparisonLine,
	LEVEL_HEAD,
	levelRow,
	MARK_HEAD,
	markRows,
	pairHead,
	pairRow,
} from './tables';
import { DOES_NOT_FOLLOW, FOLLOWS, LIMITS } from './words';

/** Writes everything a privacy team keeps: see docs/audit.md for each file. */
export async function writeReport(
	folder: string,
	build: string,
	result: AuditResult,
	walks: readonly Walk[],
): Promise<void> {
	const parts = reportOf(result);
	const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
	await Promise.all([
		write('report.html', toHtml('Audit of Doorstep', parts)),
		write('report.md', toMarkdown(parts)),
		write('audit.json', `${JSON.stringify(result, undefined, '\t')}\n`),
		write('evidence.har', evidence(walks, result.about.app)),
		write('sbom.cdx.json', await sbom()),
		write('files.sha256', await hashes(build)),
	]);
}

/** `no findings`, `1 finding`. */
const counted = (count: number, word: string) =>
	`${count || 'no'} ${word}${count === 1 ? '' : 's'}`;

/** As `sha256sum` writes it, so that `sha256sum --check` reads it. */
async function hashes(build: string): Promise<string> {
	const lines = (await filesIn(build)).map(
		async (name) => `${sha256(await readFile(path.join(build, name)))}  ${name}\n`,
	);
	return (await Promise.all(lines)).join('');
}

function reportOf(result: AuditResult): Part[] {
	return [
		...verdictParts(result),
		...meaningParts(result),
		...testedParts(result),
		...levelParts(result),
		...journeyParts(result),
		...markParts(result),
		...savedParts(result),
		...comparisonParts(result),
		...buildParts(result),
		...ownHostParts(result),
		...pairParts(result),
	];
}

function verdictParts({ verdict, reasons, about, journeys, levels }: AuditResult): Part[] {
	const marks = journeys.reduce((sum, journey) => sum + journey.marks.length, 0);
	const atA = levels.filter(({ level }) => level === 'A');
	const pairs = Math.min(...atA.map(({ withControl }) => withControl));
	const passed = `Nothing got out. At level A, ${pairs} ways that do work without the policy were tried in each of ${atA.length} states, and none reached another server. The journeys asked for the app's own files and for nothing else. Of ${marks} things that were typed or done on them, none was met in a request, and none in a file for others that should not tell it; two persons who did not do the same asked their host for the same.`;
	return [
		{ heading: 'Audit of Doorstep', depth: 1 },
		{
			text:
				verdict === 'pass'
					? `Verdict: passed. ${passed}`
					: `Verdict: failed, for ${counted(reasons.length, 'reason')}:`,
		},
		...(reasons.length ? [{ list: reasons }] : []),
		{
			text: `Run on ${about.started.slice(0, 10)} at ${about.started.slice(11, 16)} UTC, in ${Math.round(about.seconds)} seconds${about.quick ? ', the quick form: level A and the control alone' : ''}.`,
		},
	];
}

const meaningParts = ({ verdict }: AuditResult): Part[] => [
	{
		heading: verdict === 'pass' ? 'What follows from it' : 'What would follow, had it passed',
		depth: 2,
	},
	{ list: FOLLOWS },
	{ heading: 'What does not follow', depth: 2 },
	{ list: DOES_NOT_FOLLOW },
	{ heading: 'The promise and its limits', depth: 2 },
	...LIMITS.map((text) => ({ text })),
];

function testedParts({ about, build }: AuditResult): Part[] {
	return [
		{ heading: 'What was tested', depth: 2 },
		{
			head: ['what', 'which'],
			rows: [
				['Doorstep', `version ${about.app}, build ${about.buildId}`],
				['SHA-256 of its integrity.json', build.fingerprint],
				['Browser', `Chromium ${about.chromium}, with a profile on disk`],
				['Machine', `${about.system}, Node ${about.node}`],
			],
		},
	];
}

const levelParts = ({ levels }: AuditResult): Part[] => [
	{ heading: 'Ways out, by level of the policy', depth: 2 },
	{ head: ['level', 'means'], rows: [...new Map(levels.map((one) => [one.level, one.means]))] },
	{ head: LEVEL_HEAD, rows: levels.map(levelRow) },
	{
		text: 'A pair is one way out in one place: page, worker or service worker. It counts where it got out in the control run, without any policy. "Offline" means that the app’s host was gone; the other server was still there.',
	},
];

function journeyParts({ journeys }: AuditResult): Part[] {
	return [
		{ heading: 'Journeys', depth: 2 },
		...journeys.flatMap(({ name, steps, requests, requestsAtHost, findings, browserItself }) => [
			{
				text: `The ${name}: ${requests} requests in the browser, ${requestsAtHost} of them at the host, ${counted(findings.length, 'finding')}. The browser by itself, on its own behalf and not the app's, looked up: ${browserItself.join(', ') || 'nothing'}.`,
			},
			{ list: steps.map((step) => `${step.name} (${step.seconds.toFixed(0)} s)`) },
			...(findings.length ? [{ list: findings.map(sentence) }] : []),
		]),
	];
}

const markParts = ({ journeys }: AuditResult): Part[] => [
	{ heading: 'What was typed and done, and where it was met', depth: 2 },
	{
		text: 'On the journeys the persons type words that stand nowhere else, and do what gives figures and keys that are nobody else’s. Each is looked for afterwards, as it is and in other ways of writing (backwards, UTF-16, hexadecimal, base64): in the address and every header of every request, tried or done, in what the host received, in the browser’s network log, and in every file that is made for others. That it stands in the person’s own copy shows that the app did keep it, and that the search finds it.',
	},
	{ head: MARK_HEAD, rows: journeys.flatMap(markRows) },
];

const FOR_WHOM = {
	copy: 'the person: everything',
	own: 'the person',
	others: 'others: it may be published',
} as const;

function savedParts({ journeys }: AuditResult): Part[] {
	const rows = journeys.flatMap(({ files, name }) =>
		files.map((file) => [name, file.name, String(file.bytes), FOR_WHOM[file.for]]),
	);
	const packs = journeys.flatMap((journey) => journey.packs);
	return [
		{ heading: 'What was saved', depth: 2 },
		{
			text: 'Files leave by a person’s own press of a button alone. It counts as a finding where the browser saved another file than these, or where the ledger in the person’s copy does not have an entry of the same size for each that was saved before it, or has one besides.',
		},
		{ head: ['who', 'file', 'bytes', 'for'], rows },
		...(packs.length
			? [
					{
						list: packs.map(
							({ attack, bytes, epsilon, homes, name, signedBy }) =>
								`${name}, ${bytes} bytes, numbers about ${homes} homes: signed by the key ${signedBy} that was saved beside it, noise of epsilon ${epsilon} for each guest, the strongest attack ${attack.toFixed(2)} (0.5 tells nothing; above 0.55 none may leave).`,
						),
					},
					{
						text: 'That no guest’s key, id or booking stands in a pack is shown here. That its numbers tell little of any one guest is not shown but argued in docs/privacy/pack.md, and rests on the noise.',
					},
				]
			: []),
	];
}

function comparisonParts({ comparison }: AuditResult): Part[] {
	return [
		{ heading: 'Two persons, one host', depth: 2 },
		{
			text: 'A host that offers a catalogue and a pack sees who asks for them, and when. It must not see more: so one person does a lot (saves, searches, looks for somebody else, compares two rankings), another nothing, and both come back two days later.',
		},
		{ text: comparison ? comparisonLine(comparison) : 'They were not compared.' },
		...(comparison?.differences.length ? [{ list: comparison.differences }] : []),
	];
}

const buildParts = ({ build }: AuditResult): Part[] => [
	{ heading: 'The built files', depth: 2 },
	{
		text: `${build.files} files. Against integrity.json: ${build.integrityFaults.length || 'no'} differences. Scan for names of ways out: ${build.scanFindings.length || 'no'} findings, and ${build.scanAllowed} places that somebody has looked at and explained in tools/scan-bundle-allowed.ts.`,
	},
];

/** What the policy cannot stop, said plainly. */
function ownHostParts({ pairs }: AuditResult): Part[] {
	const open = pairs.filter(
		({ kind, arrived }) =>
			kind === 'own-origin' &&
			Object.entries(arrived).some(([run, kinds]) => run.startsWith('A/') && kinds.length > 0),
	);
	return [
		{ heading: 'Not stopped by the policy, watched by the journeys', depth: 2 },
		{
			text: 'The browser lets the app ask its own host. A changed app could put something into such a request. The published app does not: the journeys show that its host was asked for nothing but the fixed list of files, without query, cookie or referrer.',
		},
		{
			list: open.map(({ row, name, context, arrived }) => {
				const states = Object.entries(arrived)
					.filter(([run, kinds]) => run.startsWith('A/') && kinds.length > 0)
					.map(([run]) => run.slice(2));
				return `row ${row}: ${name}, in the ${context} (${states.join(', ')})`;
			}),
		},
	];
}

const pairParts = ({ pairs, levels }: AuditResult): Part[] => [
	{ heading: 'Every pair', depth: 2 },
	{
		text: '"proves nothing": it did not get out in the control run either. "-": nothing arrived.',
	},
	{ head: pairHead(levels), rows: pairs.map((pair) => pairRow(pair, levels)) },
];
