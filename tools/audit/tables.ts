import type { AuditResult, LevelSummary, PairResult } from './result';

/** What the audit prints: runs, pairs, journeys, verdict. */
export function tablesOf(result: AuditResult): string {
	const { levels, pairs, journeys, reasons, verdict } = result;
	return [
		columns([LEVEL_HEAD, ...levels.map(levelRow)]),
		columns([pairHead(levels), ...pairs.map((pair) => pairRow(pair, levels))]),
		...journeys.map(
			({ name, requests, findings }) =>
				`Journey of the ${name}: ${requests} requests, ${findings.length || 'no'} findings`,
		),
		reasons.map((reason) => `- ${reason}`).join('\n'),
		verdict === 'pass' ? 'PASS' : 'FAIL',
	]
		.filter(Boolean)
		.join('\n\n');
}

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
