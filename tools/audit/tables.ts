import type { Comparison } from './alike';
import type { AuditResult, JourneyResult, LevelSummary, PairResult } from './result';

/** What the audit prints: runs, pairs, journeys, verdict. */
export function tablesOf(result: AuditResult): string {
	const { levels, pairs, journeys, comparison, reasons, verdict } = result;
	return [
		columns([LEVEL_HEAD, ...levels.map(levelRow)]),
		columns([pairHead(levels), ...pairs.map((pair) => pairRow(pair, levels))]),
		...journeys.map(
			({ name, requests, findings, marks }) =>
				`Journey of the ${name}: ${requests} requests, ${marks.length || 'no'} marks, ${findings.length || 'no'} findings`,
		),
		comparison ? comparisonLine(comparison) : '',
		reasons.map((reason) => `- ${reason}`).join('\n'),
		verdict === 'pass' ? 'PASS' : 'FAIL',
	]
		.filter(Boolean)
		.join('\n\n');
}

/** Whether a host can tell two persons apart by what they ask it for. */
export function comparisonLine({ differences, files, offered, persons }: Comparison): string {
	const [asked = [], others = []] = offered;
	return differences.length > 0
		? `The ${persons.join(' and the ')}: the host was asked for ${asked.length} and ${others.length} things; see the findings.`
		: `The ${persons.join(' and the ')} asked for the same: ${asked.join(', ')}, in this order and with the same headers, and ${files[0]} files of the app.`;
}

export const MARK_HEAD = [
	'what was typed or done',
	'who',
	'in their own copy',
	'in files for others',
	'in requests and look-ups',
];

/** A row for each mark of a journey: where it was met. */
export const markRows = ({ marks, name }: JourneyResult): string[][] =>
	marks.map(({ inCopy, inFiles, inRequests, kept, told, what, words }) => [
		words > 1 ? `${what} (${words} of them)` : what,
		name,
		inCopy ? 'yes' : kept ? 'no, and it should be' : 'no, it is not kept',
		inFiles.length ? `${inFiles.join(', ')}${told ? ', as the page says' : ''}` : '-',
		inRequests ? String(inRequests) : '-',
	]);

export const LEVEL_HEAD = [
	'level',
	'state',
	'pairs',
	'tried',
	'with control',
	'got out',
	'of these by name only',
	'told to own host',
];

export function levelRow(line: LevelSummary): string[] {
	const { level, state, pairs, tried, withControl, hits, lookupsOnly, toOwnHost } = line;
	return [level, state, ...[pairs, tried, withControl, hits, lookupsOnly, toOwnHost].map(String)];
}

export const runsIn = (levels: readonly LevelSummary[]): string[] =>
	levels.filter(({ level }) => level !== 'none').map(({ level, state }) => `${level}/${state}`);

export const pairHead = (levels: readonly LevelSummary[]): string[] => [
	'row',
	'vector',
	'place',
	'control',
	...runsIn(levels),
];

/** `-` where nothing arrived; else how: request, connection, packet, lookup or own-host. */
export function pairRow(pair: PairResult, levels: readonly LevelSummary[]): string[] {
	return [
		String(pair.row),
		pair.name,
		pair.context,
		pair.control.length ? worst(pair.control) : 'proves nothing',
		...runsIn(levels).map((run) => worst(pair.arrived[run] ?? [])),
	];
}

const ORDER = ['request', 'own-host', 'packet', 'connection', 'lookup'] as const;

/** The most that got out. */
const worst = (kinds: PairResult['control']) => ORDER.find((kind) => kinds.includes(kind)) ?? '-';

function columns(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_, at) =>
		Math.max(...rows.map((row) => row[at]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, at) => cell.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
