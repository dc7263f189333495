/** What a try of the self-test proves, where it is aimed, and what the privacy pages say first. */
import { describe, expect, test } from 'vitest';
import { canaryOrigin } from '$lib/policy/self-test/address';
import { judge, type Evidence } from '$lib/policy/self-test/judge';
import type { SelfTestResult } from '$lib/contracts';
import { headline, levelRows, requestsSay } from '$lib/ui/words/privacy';
import { reportFile } from '$lib/ui/words/report-file';
import { inOrder, selfTestCounts, selfTestRest, selfTestTitle } from '$lib/ui/words/self-test';

const refusedTry: Evidence = {
	sign: { kind: 'refused', error: 'TypeError' },
	answered: false,
	directive: undefined,
	permissionDenied: false,
	level: 'A',
	online: true,
};
const judged = (evidence: Partial<Evidence>, way = {}) =>
	judge(way, { ...refusedTry, ...evidence });

describe('what a try proves', () => {
	test('an answer means that it got out, whatever was reported beside it', () => {
		expect(judged({ answered: true, directive: 'connect-src' }).verdict).toBe('got-out');
		expect(judged({ sign: { kind: 'answered' } }).verdict).toBe('got-out');
	});

	test('a refusal that the browser reports is known by its directive', () => {
		expect(judged({ directive: 'connect-src' })).toEqual({
			verdict: 'stopped',
			by: 'content-policy',
			detail: 'connect-src',
		});
		expect(judged({ directive: 'require-trusted-types-for' }).by).toBe('trusted-types');
	});

	test('an error alone proves nothing, at any level', () => {
		for (const level of ['A', 'B', 'C'] as const) {
			expect(judged({ level })).toMatchObject({ verdict: 'inconclusive', by: 'nothing' });
			expect(judged({ level, sign: { kind: 'silent' } }).verdict).toBe('inconclusive');
		}
	});

	test('below level A the name of a frame is looked up before it is stopped', () => {
		const frame = { looksUpName: true };
		expect(judged({ directive: 'frame-src' }, frame).verdict).toBe('stopped');
		expect(judged({ directive: 'frame-src', level: 'B' }, frame).verdict).toBe('name-only');
		expect(judged({ directive: 'frame-src', level: 'C' }, frame).verdict).toBe('name-only');
	});

	test('WebRTC that gives up counts at level A with a network, and nowhere else', () => {
		const sign = { kind: 'given-up' } as const;
		expect(judged({ sign }).by).toBe('connection-list');
		expect(judged({ sign, online: false }).verdict).toBe('inconclusive');
		expect(judged({ sign, level: 'B' }).verdict).toBe('inconclusive');
	});

	test('a permission counts only where it was taken away', () => {
		const way = { permission: 'payment' };
		expect(judged({ permissionDenied: true }, way)).toMatchObject({
			by: 'permissions-policy',
			detail: 'payment',
		});
		expect(judged({ permissionDenied: false }, way).verdict).toBe('inconclusive');
	});

	test('what was put off says why', () => {
		const sign = { kind: 'put-off', because: 'Reload first.' } as const;
		expect(judged({ sign })).toMatchObject({ verdict: 'inconclusive', detail: 'Reload first.' });
	});
});

test('the canary is the next port where the address names one, and a reserved name otherwise', () => {
	expect(canaryOrigin(new URL('http://127.0.0.1:4173/privacy'))).toBe('http://127.0.0.1:4174');
	expect(canaryOrigin(new URL('https://doorstep.test/privacy'))).toBe('https://self-test.invalid');
});

const result = (verdict: SelfTestResult['verdict'], more = {}): SelfTestResult => ({
	id: 'fetch',
	name: 'fetch',
	group: 'requests',
	place: 'page',
	rows: [1],
	verdict,
	by: 'nothing',
	detail: '',
	...more,
});

describe('the self-test in words', () => {
	test('a name that is looked up counts as stopped, and is said apart', () => {
		const results = [result('stopped'), result('name-only'), result('inconclusive')];
		expect(selfTestCounts(results)).toMatchObject({ all: 3, stopped: 2, nameOnly: 1 });
		expect(selfTestTitle(results)).toBe('Self-test: 2 ways out stopped');
		expect(selfTestRest(results)).toContain('Of 1 way the browser still looks a name up.');
	});

	test('one way that is open changes the title', () => {
		const results = [result('stopped'), result('got-out')];
		expect(selfTestTitle(results)).toBe('Self-test: 1 of the ways out is open');
	});

	test('what a page can’t try stands last in its group', () => {
		const untried = result('not-in-page', { id: 'a', rows: [1] });
		const tried = result('stopped', { id: 'b', rows: [9] });
		expect(inOrder([untried, tried]).map(({ id }) => id)).toEqual(['b', 'a']);
	});
});

describe('the first sentence of the privacy pages', () => {
	const fine = { elsewhere: 0, gotOut: 0, ledgerHolds: true, handed: 0 };

	test('says that nothing left only where all of it is known', () => {
		expect(headline(fine).title).toBe('Nothing has left this browser.');
		for (const part of ['elsewhere', 'ledgerHolds', 'handed'] as const)
			expect(headline({ ...fine, [part]: undefined }).title).toBe('Looking at what left.');
	});

	test('says the worst first', () => {
		expect(headline({ ...fine, elsewhere: 2, ledgerHolds: false, gotOut: 1 }).title).toBe(
			'2 requests went elsewhere.',
		);
		expect(headline({ ...fine, ledgerHolds: false, gotOut: 1 }).title).toBe(
			'The ledger does not fit together.',
		);
		expect(headline({ ...fine, gotOut: 1 })).toMatchObject({ good: false });
	});

	test('what was handed over is not called nothing', () => {
		expect(headline({ ...fine, handed: 1 }).title).toBe('Only what you handed over has left.');
	});

	test('a ledger that could not be checked is said to be so', () => {
		expect(headline({ ...fine, ledgerHolds: null }).says).toContain('could not be checked');
	});
});

test('a stricter level never leaves open what a weaker one stops', () => {
	const order = ['stopped', 'name', 'open'];
	for (const { ways, reach } of levelRows) {
		const steps = [reach.A, reach.B, reach.C].map((each) => order.indexOf(each));
		expect(steps, ways).toEqual([...steps].sort((a, b) => a - b));
	}
});

test('a request to this site that carries a query is said', () => {
	const asked = { elsewhere: false, selfTest: false, query: true };
	expect(requestsSay([asked])).toContain('1 of them carried more');
	expect(requestsSay([{ ...asked, query: false }])).toContain('carries nothing');
});

test('the file of the report runs nothing and loads nothing, whatever a name holds', () => {
	const html = reportFile('Report', [
		{
			title: '<img src=x onerror=alert(1)>',
			says: ['"quoted" & <script>1</script>'],
			table: { columns: ['Store'], rows: [['<b>bold</b>']] },
		},
	]);
	expect(html).not.toMatch(/<(?:script|img|b)\b/);
	expect(html).toContain('&lt;script&gt;');
	expect(html).toContain(`default-src 'none'`);
});
