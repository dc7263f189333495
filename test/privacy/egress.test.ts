/**
 * Nothing gets out: a page, a worker that it started as the app does, and the service worker try
 * every way of tools/audit/vectors. The same ways on the same build without its policy show which
 * of them work. `npm run audit` does the same at every level and in every state.
 *
 * The tries are put into the real workers of the real build from outside, through the browser's
 * debugger. What they do there is governed as the workers' own code is.
 */
import { expect, test } from '@playwright/test';
import { type Escape, escape, type Outcome } from '../../tools/audit/escape';
import { CONTROL, type Level, LEVELS, type State } from '../../tools/audit/levels';
import { FEWEST_PAIRS, kindsOf } from '../../tools/audit/result';
import { VECTORS } from '../../tools/audit/vectors';
import { BUILD } from '../support/site';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let proven: Set<string>;

const nameOf = ({ vector, context }: Outcome) => `${vector.id} in the ${context}`;
const foreign = ({ outcomes }: Escape) =>
	outcomes.filter(({ vector }) => vector.kind !== 'own-origin');
const out = (all: readonly Outcome[]) => all.filter(({ hits }) => hits.length > 0).map(nameOf);

function levelNamed(name: string): Level {
	const level = LEVELS.find((one) => one.name === name);
	if (!level) throw new Error(`There is no level ${name}.`);
	return level;
}

const tryAll = (level: Level, state: State) => escape(BUILD, level, state, VECTORS);

test('without the policy more than ninety ways are open, each known by its own token', async () => {
	const control = await tryAll(CONTROL, 'first');
	expect(control.headers['connection-allowlist']).toBe('');
	proven = new Set(out(foreign(control)));
	expect(proven.size).toBeGreaterThanOrEqual(FEWEST_PAIRS);
	for (const context of ['page', 'worker', 'service-worker'])
		expect([...proven].filter((name) => name.endsWith(` ${context}`)).length).toBeGreaterThan(8);
});

for (const state of ['first', 'controlled', 'offline'] as const)
	test(`at level A nothing gets out (${state}), and every way was tried`, async () => {
		const escaped = await tryAll(levelNamed('A'), state);
		expect(escaped.headers['connection-allowlist']).toBe('(response-origin)');
		const all = foreign(escaped);
		expect(all.filter(({ tried }) => !tried).map(nameOf)).toEqual([]);
		expect(out(all)).toEqual([]);
		const counted = all.filter((one) => proven.has(nameOf(one)));
		expect(counted.length).toBeGreaterThanOrEqual(FEWEST_PAIRS);
	});

test('at level C the tries see what the <meta> policy leaves open: names, new pages, and no request by a script', async () => {
	const { outcomes } = await tryAll(levelNamed('C'), 'first');
	const arrived = new Map(outcomes.map((one) => [nameOf(one), kindsOf(one)]));
	expect(arrived.get('location-href in the page')).toContain('request');
	expect(arrived.get('dns-prefetch in the page')).toEqual(['lookup']);
	expect(arrived.get('rtc-stun in the page')).toEqual(['packet']);
	expect(arrived.get('fetch-get in the service-worker')).toContain('request');
	expect(arrived.get('fetch-get in the page')).toEqual([]);
	expect(arrived.get('fetch-get in the worker')).toEqual([]);
	expect(arrived.get('image-element in the page')).toEqual([]);
});
