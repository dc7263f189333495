/**
 * `npm test`: everything that must hold, the quick checks first. `npm run test:long`: what takes too
 * long for every change (two clean builds compared, the whole audit, many more cases of what
 * `npm test` samples). Stops at the first step that fails; the last line counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureChromium } from './install-chromium';

interface Step {
	readonly name: string;
	readonly command: string;
	/** Reads how many tests passed and failed, from a report that the command wrote. */
	readonly count?: () => Count;
}

interface Count {
	readonly passed: number;
	readonly failed: number;
	/** Of those that passed: at the second try. */
	readonly secondTry: number;
}

const NONE: Count = { passed: 0, failed: 0, secondTry: 0 };

const REPORTS = 'test-results';

const BUILD: Step = { name: 'build', command: 'npm run -s build' };

const EVERY_CHANGE: readonly Step[] = [
	{ name: 'lint', command: 'npm run -s lint' },
	{ name: 'types', command: 'npm run -s check' },
	vitest('unit tests', 'node'),
	vitest('browser tests', 'browser'),
	BUILD,
	playwright('end-to-end tests'),
];

const LONG: readonly Step[] = [
	vitest('long tests', 'long'),
	BUILD,
	playwright('long end-to-end tests', 'DOORSTEP_LONG=1'),
	{ name: 'audit', command: 'npm run -s audit' },
];

function vitest(name: string, project: string): Step {
	const report = `${REPORTS}/${project}.json`;
	return {
		name,
		command: `npx vitest run --project ${project} --reporter=default --reporter=json --outputFile.json=${report}`,
		count: () => countVitest(readReport(project)),
	};
}

/** @param environment  set for the command, as `NAME=value` */
function playwright(name: string, environment = ''): Step {
	return {
		name,
		command: `${environment} npx playwright test`.trim(),
		count: () => countPlaywright(readReport('playwright')),
	};
}

function readReport(name: string): unknown {
	return JSON.parse(readFileSync(`${REPORTS}/${name}.json`, 'utf8'));
}

function countVitest(report: unknown): Count {
	const { numPassedTests, numFailedTests } = report as Record<string, number>;
	return { ...NONE, passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}

function countPlaywright(report: unknown): Count {
	const { stats } = report as { stats: { expected: number; flaky: number; unexpected: number } };
	const { expected, flaky, unexpected } = stats;
	return { passed: expected + flaky, failed: unexpected, secondTry: flaky };
}

/** A step that fails before it writes its report has counted nothing. */
function counted(step: Step): Count {
	try {
		return step.count?.() ?? NONE;
	} catch {
		return NONE;
	}
}

/** @returns the name of the step that failed, if any, and how many tests ran */
function runAll(steps: readonly Step[]): { readonly failedStep?: string; readonly total: Count } {
	let total = NONE;
	for (const step of steps) {
		console.log(`\n== ${step.name}`);
		const { status } = spawnSync(step.command, { shell: true, stdio: 'inherit' });
		const { passed, failed, secondTry } = counted(step);
		total = {
			passed: total.passed + passed,
			failed: total.failed + failed,
			secondTry: total.secondTry + secondTry,
		};
		if (status !== 0) return { failedStep: step.name, total };
	}
	return { total };
}

process.env.CHROMIUM_PATH = ensureChromium();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const { failedStep, total } = runAll(process.argv.includes('--long') ? LONG : EVERY_CHANGE);
console.log(failedStep ? `\nStopped: ${failedStep} failed.` : '\nEverything holds.');
if (total.secondTry) console.log(`${total.secondTry} passed at the second try only: see "flaky"`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(failedStep ? 1 : 0);
