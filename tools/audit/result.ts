import type { Comparison } from './alike';
import type { HitKind } from './canary';
import type { Escape, Outcome } from './escape';
import type { Finding } from './findings';
import type { SavedFor } from './journeys/steps';
import type { MarkResult } from './left';
import { CONTROL, type Level, LEVELS, type State } from './levels';
import type { PublishedPack } from './published';
import type { Context, Kind } from './vector';

/** What an audit found: the content of `audit.json`. */
export interface AuditResult {
	readonly format: 'doorstep-audit';
	readonly version: 1;
	readonly verdict: 'pass' | 'fail';
	/** Why it failed, a sentence each, with the place. */
	readonly reasons: readonly string[];
	readonly about: About;
	readonly levels: readonly LevelSummary[];
	readonly pairs: readonly PairResult[];
	readonly journeys: readonly JourneyResult[];
	/** Two persons who do not do the same, at hosts that are asked the same. */
	readonly comparison: Comparison | null;
	readonly build: BuildResult;
}

export interface About {
	/** ISO 8601, UTC. */
	readonly started: string;
	readonly seconds: number;
	readonly quick: boolean;
	readonly app: string;
	/** Name of the build, as the service worker knows it. */
	readonly buildId: string;
	readonly chromium: string;
	readonly node: string;
	readonly system: string;
}

export interface LevelSummary {
	readonly level: string;
	readonly state: State;
	readonly means: string;
	/** Pairs of vector and place, but for those that aim at the app's own host. */
	readonly pairs: number;
	readonly tried: number;
	/** Pairs that got out in the control run: only these prove something. */
	readonly withControl: number;
	/** Pairs that got out. */
	readonly hits: number;
	/** Of these, pairs that only had a name looked up. */
	readonly lookupsOnly: number;
	/** Pairs that told the app's own host something. */
	readonly toOwnHost: number;
	readonly seconds: number;
}

export interface PairResult {
	readonly row: number;
	readonly id: string;
	readonly name: string;
	readonly kind: Kind;
	readonly context: Context;
	/** What arrived in the control run. */
	readonly control: readonly HitKind[];
	/** By level and state, `A/first`: what arrived. */
	readonly arrived: Readonly<Record<string, readonly HitKind[]>>;
}

export interface JourneyResult {
	readonly name: string;
	readonly steps: readonly { readonly name: string; readonly seconds: number }[];
	readonly requests: number;
	readonly requestsAtHost: number;
	readonly findings: readonly Finding[];
	/** Names that the browser asked for on its own behalf, not the app's. */
	readonly browserItself: readonly string[];
	/** What was typed and done there, and where it was met. */
	readonly marks: readonly MarkResult[];
	/** What was saved, in its order, and for whom. */
	readonly files: readonly {
		readonly name: string;
		readonly bytes: number;
		readonly for: SavedFor;
	}[];
	/** Packs that were saved to be published. */
	readonly packs: readonly PublishedPack[];
}

export interface BuildResult {
	readonly files: number;
	/** SHA-256 of `integrity.json`: compare it with the published one. */
	readonly fingerprint: string;
	readonly integrityFaults: readonly string[];
	readonly scanFindings: readonly string[];
	readonly scanAllowed: number;
}

/** Fewer pairs with a positive control than this prove too little. */
export const FEWEST_PAIRS = 90;

const isForeign = ({ vector }: Outcome) => vector.kind !== 'own-origin';
const keyOf = ({ vector, context }: Outcome) => `${vector.id}/${context}`;

export function kindsOf({ hits }: Outcome): HitKind[] {
	return [...new Set(hits.map(({ kind }) => kind))].sort();
}

/** Counts every run against the control run. */
export function summaries(escapes: readonly Escape[]): LevelSummary[] {
	const proven = provenBy(escapes);
	return escapes.map(({ level, state, outcomes, took }) => {
		const foreign = outcomes.filter(isForeign);
		const out = foreign.filter(({ hits }) => hits.length > 0);
		return {
			level,
			state,
			means: [CONTROL, ...LEVELS].find(({ name }: Level) => name === level)?.means ?? '',
			pairs: foreign.length,
			tried: foreign.filter(({ tried }) => tried).length,
			withControl: foreign.filter((one) => one.tried && proven.has(keyOf(one))).length,
			hits: out.length,
			lookupsOnly: out.filter((one) => kindsOf(one).every((kind) => kind === 'lookup')).length,
			toOwnHost: outcomes.filter((one) => !isForeign(one) && one.hits.length > 0).length,
			seconds: took,
		};
	});
}

/** Every pair with what arrived of it, run by run. */
export function pairResults(escapes: readonly Escape[]): PairResult[] {
	const control = escapes.find(({ level }) => level === 'none');
	return (control?.outcomes ?? []).map((one) => {
		const others = escapes
			.filter((each) => each !== control)
			.flatMap(({ outcomes }) => outcomes.filter((other) => keyOf(other) === keyOf(one)));
		const { row, id, name, kind } = one.vector;
		return {
			...{ row, id, name, kind, context: one.context, control: kindsOf(one) },
			arrived: Object.fromEntries(
				others.map((other) => [`${other.level}/${other.state}`, kindsOf(other)]),
			),
		};
	});
}

/** What speaks against the promise; nothing where it holds. */
export function reasons(
	escapes: readonly Escape[],
	journeys: readonly JourneyResult[],
	comparison: Comparison | null,
	build: BuildResult,
): string[] {
	const rows = summaries(escapes).filter(({ level }) => level === 'A');
	return [
		...escapes.filter(({ level }) => level === 'A').flatMap(leaksOf),
		...rows
			.filter(({ withControl }) => withControl < FEWEST_PAIRS)
			.map(
				({ state, withControl }) =>
					`Level A, ${state}: only ${withControl} pairs have a positive control; ${FEWEST_PAIRS} are asked for.`,
			),
		...rows
			.filter(({ pairs, tried }) => tried < pairs)
			.map(
				({ state, pairs, tried }) => `Level A, ${state}: ${pairs - tried} pairs were not tried.`,
			),
		...journeys.flatMap(({ findings }) => findings.map(sentence)),
		...(comparison?.differences ?? ['The two persons were not compared.']),
		...build.integrityFaults.map((fault) => `Integrity list: ${fault}`),
		...build.scanFindings.map((finding) => `Scan of the built files: ${finding}`),
	];
}

function leaksOf({ level, state, outcomes, headers }: Escape): string[] {
	const allowlist = headers['connection-allowlist'];
	const bare = allowlist ? [] : [`Level A, ${state}: the page came without Connection-Allowlist.`];
	const leaks = outcomes
		.filter((one) => isForeign(one) && one.hits.length > 0)
		.map(
			(one) =>
				`Level ${level}, ${state}: ${one.vector.name} got out of the ${one.context} (${one.vector.id}: ${one.hits.map(({ detail }) => detail).join(', ')}).`,
		);
	return [...bare, ...leaks];
}

/** A finding as one sentence: what, where, when. */
export function sentence({ what, subject, where, step }: Finding): string {
	return `${step}: ${what}: ${subject}${where ? `, from ${where}` : ''}`;
}

function provenBy(escapes: readonly Escape[]): Set<string> {
	const control = escapes.find(({ level }) => level === 'none');
	return new Set(
		(control?.outcomes ?? []).filter(({ hits }) => hits.length > 0).map((one) => keyOf(one)),
	);
}
