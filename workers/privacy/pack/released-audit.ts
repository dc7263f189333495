import type { ExactNoise, Rational } from '../noise/exact-noise';
import { varianceOf } from './noise-size';
import { OF_HELD_OUT, OF_MEMBERS, scaleOf } from './split';

const GRID = 100_000;
/** 95 of 100 times within. */
const WITHIN = 1.96;

/** How well an attack tells members from others, with noise. */
export interface ReleasedAudit {
	readonly auc: number;
	readonly low: number;
	readonly high: number;
	readonly attack: string;
	readonly members: number;
	readonly others: number;
}

/** What an attack says of each guest: the higher, the likelier in the pack. */
export interface AttackScores {
	readonly attack: string;
	/** Those that are asked for, and no more: see `exactly`. */
	readonly members: readonly number[];
	readonly others: readonly number[];
}

/**
 * The strongest of several attacks, with noise. Its area under the curve is a mean over members and
 * over others: one guest changes it by at most one part in as many as there are on the guest's side,
 * and the largest of several by no more than that.
 *
 * @param members,others how many stand on either side: numbers that have noise already
 */
export function releasedAudit(
	attacks: readonly AttackScores[],
	members: number,
	others: number,
	thousandths: number,
	noise: ExactNoise,
): ReleasedAudit {
	const scale = larger(
		scaleOf(Math.ceil(GRID / members) + 1, thousandths, OF_MEMBERS.audit),
		scaleOf(Math.ceil(GRID / others) + 1, thousandths, OF_HELD_OUT.audit),
	);
	const areas = attacks.map((each) => ({
		attack: each.attack,
		auc: areaOf(exactly(each.members, members), exactly(each.others, others)),
	}));
	const strongest = areas.reduce((most, each) => (each.auc > most.auc ? each : most));
	const auc = clamp((Math.round(strongest.auc * GRID) + Number(noise.laplace(scale))) / GRID);
	const error = Math.sqrt(varianceOf(scale) / GRID ** 2 + spreadOf(auc, members, others));
	return {
		auc,
		low: clamp(auc - WITHIN * error),
		high: clamp(auc + WITHIN * error),
		attack: 'the strongest of those tried',
		members,
		others,
	};
}

/**
 * As many scores as are asked for: those that are missing say nothing either way, and those too many
 * are left out. So one guest more or less changes one score, and never how many there are.
 */
function exactly(scores: readonly number[], count: number): readonly (number | null)[] {
	return Array.from({ length: count }, (_, i) => scores[i] ?? null);
}

/** The chance that a member has the higher score; a tie, or nobody, counts half. */
function areaOf(members: readonly (number | null)[], others: readonly (number | null)[]): number {
	const known = others.filter((score) => score !== null).toSorted((a, b) => a - b);
	const missing = others.length - known.length;
	const won = members.reduce<number>((sum, score) => {
		if (score === null) return sum + others.length / 2;
		const below = placeOf(known, (other) => other < score);
		const upTo = placeOf(known, (other) => other <= score);
		return sum + below + (upTo - below) / 2 + missing / 2;
	}, 0);
	return won / members.length / others.length;
}

/** How many of the sorted scores hold; those that hold come first. */
function placeOf(sorted: readonly number[], holds: (score: number) => boolean): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(sorted[middle] as number)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The variance of an area under the curve from its value alone (Hanley and McNeil 1982). */
function spreadOf(area: number, members: number, others: number): number {
	const both = area / (2 - area);
	const either = (2 * area ** 2) / (1 + area);
	return (
		(area * (1 - area) + (members - 1) * (both - area ** 2) + (others - 1) * (either - area ** 2)) /
		(members * others)
	);
}

const larger = (one: Rational, other: Rational): Rational =>
	one.over * other.under > other.over * one.under ? one : other;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
