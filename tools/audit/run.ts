import { release, type } from 'node:os';
import { filesIn } from '../integrity-list.js';
import { siteInFolder, verifySite } from '../integrity-verify';
import { scanBundle } from '../scan-bundle';
import { VERSION } from '../version.js';
import { describedBuild } from './altered-build';
import { type Escape, escape } from './escape';
import { allowedPaths, findings, ownPurposes } from './findings';
import { manager, managerQuick } from './journeys/manager';
import type { Journey } from './journeys/steps';
import { tenant } from './journeys/tenant';
import { type Walk, walk } from './journeys/walk';
import { CONTROL, type Level, LEVELS, type State } from './levels';
import {
	type AuditResult,
	type BuildResult,
	type JourneyResult,
	pairResults,
	reasons,
	summaries,
} from './result';
import { VECTORS } from './vectors';

export interface AuditOptions {
	/** Folder of the built app. */
	readonly build: string;
	/** Level A and the control alone, and shorter journeys. */
	readonly quick: boolean;
	/** Tells how far it is. */
	readonly say: (words: string) => void;
}

/** Runs that go on side by side: much of each is waiting. */
const SIDE_BY_SIDE = 2;

/** Runs the whole audit; the walks are the evidence behind the journeys' results. */
export async function audit(
	options: AuditOptions,
): Promise<{ result: AuditResult; walks: Walk[] }> {
	const started = new Date();
	const { build, quick, say } = options;
	const { id, routes } = await describedBuild(build);
	const checked = await checkBuild(build);
	const walks: Walk[] = [];
	const escapes: Escape[] = [];
	const broken: string[] = [];
	const tasks = [
		...journeysOf(quick).map((journey) => async () => {
			walks.push(await walk(build, journey));
			say(`journey of the ${journey.name}`);
		}),
		...runsOf(quick).map(([level, state]) => async () => {
			const where = `level ${level.name}, ${state}`;
			try {
				escapes.push(await escape(build, level, state, VECTORS));
				say(where);
			} catch (fault) {
				broken.push(notTried(where, fault));
			}
		}),
	];
	await sideBySide(tasks);
	const allowed = await allowedPaths(build, routes);
	const journeys = walks.map((each) => journeyResult(each, allowed));
	const ordered = inOrder(escapes, quick);
	const against = [...reasons(ordered, journeys, checked), ...broken];
	const about = {
		started: started.toISOString(),
		seconds: (Date.now() - started.getTime()) / 1000,
		quick,
		app: VERSION,
		buildId: id,
		chromium: walks[0]?.browser ?? '',
		node: process.version,
		system: `${type()} ${release()}`,
	};
	const result: AuditResult = {
		...{ format: 'doorstep-audit', version: 1, verdict: against.length ? 'fail' : 'pass' },
		...{ reasons: against, about, levels: summaries(ordered), pairs: pairResults(ordered) },
		...{ journeys, build: checked },
	};
	return { result, walks };
}

const journeysOf = (quick: boolean): readonly Journey[] =>
	quick ? [managerQuick, tenant] : [manager, tenant];

function runsOf(quick: boolean): (readonly [Level, State])[] {
	const levels = quick ? LEVELS.slice(0, 1) : LEVELS;
	return [CONTROL, ...levels].flatMap((level) =>
		level.states.map((state): readonly [Level, State] => [level, state]),
	);
}

function inOrder(escapes: readonly Escape[], quick: boolean): Escape[] {
	return runsOf(quick).flatMap(([{ name }, state]) =>
		escapes.filter((each) => each.level === name && each.state === state),
	);
}

/** A build that does not come up proves nothing; the rest of the audit may still tell why. */
function notTried(where: string, fault: unknown): string {
	const words = fault instanceof Error ? fault.message : String(fault);
	return `The ways out could not be tried (${where}): ${words.split('\n')[0]}`;
}

async function sideBySide(tasks: readonly (() => Promise<void>)[]): Promise<void> {
	const waiting = [...tasks];
	const next = async (): Promise<void> => {
		const task = waiting.shift();
		if (!task) return;
		await task();
		return next();
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}

async function checkBuild(folder: string): Promise<BuildResult> {
	const [files, scan, integrity] = await Promise.all([
		filesIn(folder),
		scanBundle(folder),
		verifySite(siteInFolder(folder), {}),
	]);
	return {
		files: files.length,
		fingerprint: integrity.fingerprint,
		integrityFaults: integrity.faults,
		scanFindings: scan.findings.map(
			({ file, line, way, found }) => `${file}, line ${line}: ${way}: ${found}`,
		),
		scanAllowed: scan.allowed.reduce((sum, { times }) => sum + times, 0),
	};
}

function journeyResult(each: Walk, allowed: ReadonlySet<string>): JourneyResult {
	return {
		name: each.journey,
		steps: each.steps,
		requests: each.recorder.requests.length,
		requestsAtHost: each.atHost.length,
		findings: findings(each, allowed),
		browserItself: ownPurposes(each),
	};
}
