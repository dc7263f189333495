import { release, type } from 'node:os';
import { filesIn } from '../integrity-list.js';
import { siteInFolder, verifySite } from '../integrity-verify';
import { scanBundle } from '../scan-bundle';
import { VERSION } from '../version.js';
import { type Comparison, compare } from './alike';
import { describedBuild } from './altered-build';
import { temporaryFolder } from './browser';
import { type Escape, escape } from './escape';
import { allowedPaths, findings, ownPurposes } from './findings';
import { maker } from './journeys/maker';
import { manager, managerQuick } from './journeys/manager';
import { busy, idle } from './journeys/pair';
import type { Journey } from './journeys/steps';
import { tenant } from './journeys/tenant';
import { type Walk, walk } from './journeys/walk';
import { markResults } from './left';
import { CONTROL, type Level, LEVELS, type State } from './levels';
import { sitesAlike } from './offered';
import { packFindings, publishedPacks } from './published';
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
	const { build, quick } = options;
	const { id, routes } = await describedBuild(build);
	const checked = await checkBuild(build);
	const { broken, escapes, pair, walks } = await everything(options);
	const allowed = await allowedPaths(build, routes);
	const journeys = await Promise.all(walks.map((each) => journeyResult(each, allowed)));
	const comparison = comparedOf(pair);
	const ordered = inOrder(escapes, quick);
	const against = [...reasons(ordered, journeys, comparison, checked), ...broken];
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
		...{ journeys, comparison, build: checked },
	};
	return { result, walks };
}

interface Everything {
	/** In the order of the journeys. */
	readonly walks: Walk[];
	/** Those of the two persons among them. */
	readonly pair: Walk[];
	readonly escapes: Escape[];
	/** Runs that could not be made, and why. */
	readonly broken: string[];
}

/** Walks every journey, and tries every way out at every level. */
async function everything({ build, quick, say }: AuditOptions): Promise<Everything> {
	const folder = await temporaryFolder();
	const [site, twin] = await sitesAlike(build, folder.path);
	const visits: readonly (readonly [string, Journey])[] = [
		...journeysOf(quick).map((journey) => [build, journey] as const),
		[site.build, busy(site.keys)],
		[twin.build, idle],
	];
	const walked = new Map<Journey, Walk>();
	const escapes: Escape[] = [];
	const broken: string[] = [];
	const tasks = [
		...visits.map(([at, journey]) => async () => {
			walked.set(journey, await walk(at, journey));
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
	await sideBySide(tasks).finally(() => folder.remove());
	const walks = visits.flatMap(([, journey]) => walked.get(journey) ?? []);
	return { walks, pair: walks.slice(-2), escapes, broken };
}

const journeysOf = (quick: boolean): readonly Journey[] =>
	quick ? [managerQuick, tenant, maker] : [manager, tenant, maker];

function comparedOf([left, right]: readonly Walk[]): Comparison | null {
	return left && right ? compare(left, right) : null;
}

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

async function journeyResult(each: Walk, allowed: ReadonlySet<string>): Promise<JourneyResult> {
	const packs = await publishedPacks(each);
	return {
		name: each.journey,
		steps: each.steps,
		requests: each.recorder.requests.length,
		requestsAtHost: each.atHost.length,
		findings: [...findings(each, allowed), ...packFindings(each, packs)],
		browserItself: ownPurposes(each),
		marks: markResults(each),
		files: each.files.map((file) => ({
			...{ name: file.name, bytes: file.content.length, for: file.for },
		})),
		packs,
	};
}
