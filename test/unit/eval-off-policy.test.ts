import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { offPolicy } from '../../tools/eval/off-policy';
import type { Coverage } from '../../tools/eval/off-policy-coverage';

const logs = new URL('../../../shared/data/open-bandit-small/', import.meta.url);
const RANDOM = fileURLToPath(new URL('random-women.csv.gz', logs));
const BTS = fileURLToPath(new URL('bts-women.csv.gz', logs));
const folder = mkdtempSync(join(tmpdir(), 'doorstep-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

interface Estimate {
	readonly value: number;
	readonly low: number;
	readonly high: number;
	readonly boundLow?: number;
	readonly boundHigh?: number;
	readonly covers?: boolean;
	readonly boundCovers?: boolean;
}

interface Figures extends Readonly<Record<'ips' | 'snips' | 'doublyRobust', Estimate>> {
	readonly rewards: number;
	readonly rows: number;
	readonly meanWeight: number;
	readonly effectiveRows: number;
	readonly coverage?: Coverage;
}

async function figuresOf(
	options: Readonly<Record<string, string>>,
): Promise<Figures & { readonly table: string }> {
	const { figures, table } = await offPolicy.run({ samples: '200', ...options });
	return { ...(figures as unknown as Figures), table: table.join('\n') };
}

function logFile(lines: readonly string[]): string {
	const path = join(folder, `${files++}.csv`);
	writeFileSync(path, ['item_id,position,click,propensity_score', ...lines].join('\n'));
	return path;
}

describe.skipIf(!existsSync(RANDOM))(
	'real logs of 46 clicks (skipped without the shared data)',
	() => {
		it('the uniform target on the uniform log is its mean, 46 in 10,000', async () => {
			const { ips, snips, rewards } = await figuresOf({ log: RANDOM, target: 'uniform' });
			expect(rewards).toBe(46);
			expect(ips.value).toBeCloseTo(0.0046, 9);
			expect(snips.value).toBeCloseTo(0.0046, 9);
		}, 60_000);

		it('the other log’s policy from the random log: all intervals hold what that log had, and are wide', async () => {
			const found = await figuresOf({ log: RANDOM, target: BTS, compare: BTS });
			for (const name of ['ips', 'snips', 'doublyRobust'] as const)
				expect(found[name]).toMatchObject({ covers: true, boundCovers: true });
			expect(found.meanWeight).toBeCloseTo(1, 1);
			expect(found.ips.boundHigh! / found.ips.boundLow!).toBeGreaterThan(2);
			expect(found.table).toContain('46 rewards say little');
		}, 60_000);

		it('uniform from the other log: tiny chances leave next to nothing to go by, and it says so', async () => {
			const whole = await figuresOf({ log: BTS, target: 'uniform', compare: RANDOM });
			expect(whole.snips).toMatchObject({ covers: true, boundCovers: true });
			expect(whole.effectiveRows).toBeLessThan(100);
			expect(whole.table).toContain('--most-weight');
			const bounded = await figuresOf({
				log: BTS,
				target: 'uniform',
				compare: RANDOM,
				'most-weight': '50',
			});
			expect(bounded.snips).toMatchObject({ covers: true, boundCovers: true });
			expect(bounded.effectiveRows).toBeGreaterThan(500);
		}, 60_000);
	},
);

describe('off-policy on the command line', () => {
	const GOOD = ['x,1,1,0.5', 'y,1,0,0.5', 'x,1,1,0.5', 'y,1,0,0.5', 'x,1,0,0.5', 'y,1,1,0.5'];

	it('reads any file with a place, an item, a reward and a chance', async () => {
		const { ips, rows } = await figuresOf({ log: logFile(GOOD), target: 'uniform' });
		expect(rows).toBe(6);
		expect(ips.value).toBeCloseTo(0.5, 12);
	});

	it('measures how often its intervals hold, on logs drawn as the one it is given', async () => {
		const log = logFile(Array.from({ length: 10 }, () => GOOD).flat());
		const coverage = await figuresOf({ log, target: 'uniform', samples: '50', coverage: '40' });
		const { held, value } = coverage.coverage!;
		expect(value).toBeCloseTo(0.5, 12);
		for (const name of ['ips', 'snips', 'doublyRobust'] as const)
			expect(held[name].betting).toBeGreaterThan(0.85);
		expect(coverage.table).toContain('Of 40 logs drawn as this one, of planted worth 50.00 %');
	});

	it('knows items of the target’s log that the log never showed: they weigh nothing', async () => {
		const target = logFile(['z,1,0,0.5', 'x,1,0,0.5']);
		const { meanWeight } = await figuresOf({ log: logFile(GOOD), target });
		expect(meanWeight).toBeCloseTo(0.5, 12);
	});

	it.each([
		['a chance of 0', ['x,1,1,0'], 'propensity_score is no number above 0 to 1'],
		['a reward that is not a number', ['x,1,NaN,1'], 'click is no number from 0 to 1'],
		['a blank chance', ['x,1,1,'], 'propensity_score is no number'],
		['no rows', [], 'a header and no rows'],
	])('refuses %s', async (_, lines, message) => {
		await expect(figuresOf({ log: logFile(lines), target: 'uniform' })).rejects.toThrow(message);
	});

	it('refuses a target that shows nothing in a place, and a bound below 1', async () => {
		const log = logFile(GOOD);
		const target = logFile(['x,2,0,0.5']);
		await expect(figuresOf({ log, target })).rejects.toThrow('shows nothing in place 1');
		await expect(figuresOf({ log, target: 'uniform', 'most-weight': '0' })).rejects.toThrow(
			'--most-weight',
		);
	});
});
