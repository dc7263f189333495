import { describe, expect, test } from 'vitest';
import { levelOf } from '$lib/policy/level';
import { headers, headersFile, kitDirectives } from '$lib/policy/policy.js';
import { headersFor, parseHeaders } from '../../tools/static-server';

const HASH = 'sha256-AAAA';
const policy = new Headers(headers([HASH]));

describe('the policy', () => {
	test('says the same in the header as in the page, and who may frame it besides', () => {
		const header = new Set((policy.get('Content-Security-Policy') ?? '').split('; '));
		expect(header).toContain("default-src 'none'");
		expect(header).toContain(`script-src 'self' 'wasm-unsafe-eval' '${HASH}'`);
		expect(header).toContain("worker-src 'self' blob:");
		expect(header).toContain("frame-ancestors 'none'");
		expect(header.size).toBe(Object.keys(kitDirectives).length + 1);
	});

	test('names no other origin and no place to report to', () => {
		const text = headersFile([HASH]);
		expect(text).not.toMatch(
			/https?:|\/\/|report|unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/,
		);
	});

	test('keeps each line within the 2,000 characters that hosts take', () => {
		const longest = Math.max(
			...headersFile([HASH])
				.split('\n')
				.map((line) => line.length),
		);
		expect(longest).toBeLessThan(2_000);
	});

	test('reads back from the headers file as it was written', () => {
		const rules = parseHeaders(headersFile([HASH]));
		expect(headersFor(rules, '/any/page')).toEqual(headers([HASH]));
		expect(headersFor(rules, '/erase')).toContainEqual(['Clear-Site-Data', '"*"']);
		expect(headersFor(rules, '/eraser')).toEqual(headers([HASH]));
	});
});

describe('the policy level', () => {
	const byServiceWorker = new Headers([...policy, ['Doorstep-Policy-By', 'service-worker']]);
	const byHost = new Headers([...policy, ['Doorstep-Policy-By', 'host']]);
	const common = { isolated: true, chromium: 156 };

	test.each([
		['A', 'the host sends it and the browser enforces it', policy, false, 156],
		['A', 'it came through the service worker from such a host', byHost, true, 156],
		['B', 'the browser does not know the allow-list', policy, false, 0],
		['B', 'the browser is too old for the allow-list', policy, false, 151],
		['B', 'our service worker added it', byServiceWorker, true, 156],
		['C', 'our service worker came after the page', byServiceWorker, false, 156],
		['C', 'nobody sent it', new Headers(), false, 156],
	] as const)('is %s where %s', (level, _, headers, controlled, chromium) => {
		expect(levelOf({ ...common, headers, controlled, chromium }).level).toBe(level);
	});

	test('is not A where the host sends an allow-list that lets more through', () => {
		const wider = new Headers(policy);
		wider.set('Connection-Allowlist', '("https://elsewhere.test")');
		expect(levelOf({ ...common, headers: wider, controlled: false }).level).toBe('B');
	});
});
