import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyBuild, type HeaderPairs } from './altered-build';

/** How much of the policy reaches the browser. */
export type LevelName = 'A' | 'B' | 'B-sw' | 'C' | 'none';

/**
 * - `first`: before there is a service worker.
 * - `controlled`: the page came through the service worker, as every visit but the first does.
 * - `offline`: as `controlled`, and the app's host is gone. The canary is not: what gets out shows.
 */
export type State = 'first' | 'controlled' | 'offline';

export interface Level {
	readonly name: LevelName;
	/** For people. */
	readonly means: string;
	readonly states: readonly State[];
	/** What the host sends. */
	readonly host: 'all' | 'without-allowlist' | 'nothing';
	/** What the service worker adds. */
	readonly worker: 'all' | 'without-allowlist' | 'nothing';
	/** Whether the page's own `<meta>` policy stands. */
	readonly meta: boolean;
}

const ALL_STATES: readonly State[] = ['first', 'controlled', 'offline'];

export const CONTROL: Level = {
	name: 'none',
	means: 'control: no policy at all',
	states: ['first'],
	host: 'nothing',
	worker: 'nothing',
	meta: false,
};

export const LEVELS: readonly Level[] = [
	{
		name: 'A',
		means: 'all headers, in a browser that enforces Connection-Allowlist',
		states: ALL_STATES,
		host: 'all',
		worker: 'all',
		meta: true,
	},
	{
		name: 'B',
		means: 'all headers but Connection-Allowlist, which other browsers ignore',
		states: ALL_STATES,
		host: 'without-allowlist',
		worker: 'without-allowlist',
		meta: true,
	},
	{
		name: 'B-sw',
		means: 'a host that sends no headers; the service worker adds them all',
		states: ['controlled', 'offline'],
		host: 'nothing',
		worker: 'all',
		meta: true,
	},
	{
		name: 'C',
		means: 'the <meta> policy alone: no headers from host or service worker',
		states: ALL_STATES,
		host: 'nothing',
		worker: 'nothing',
		meta: true,
	},
];

/** Copies a built app so that it is served at a level. */
export async function buildAt(level: Level, from: string, to: string): Promise<void> {
	await copyBuild(from, to, {
		withoutPolicy: !level.meta,
		workerHeaders: (headers) => keep(headers, level.worker),
	});
	if (level.host === 'without-allowlist') await withoutAllowlist(path.join(to, '_headers'));
}

function keep(headers: HeaderPairs, what: Level['worker']): HeaderPairs {
	if (what === 'nothing') return [];
	return headers.filter(([name]) => what === 'all' || name !== 'Connection-Allowlist');
}

async function withoutAllowlist(file: string): Promise<void> {
	const lines = (await readFile(file, 'utf8')).split('\n');
	await writeFile(file, lines.filter((line) => !/^\s+Connection-Allowlist:/.test(line)).join('\n'));
}
