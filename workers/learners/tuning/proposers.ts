import type { Random } from '$workers/math/random';
import { GaussianProcess, expectedImprovement } from './gaussian-process';
import {
	type Dimension,
	type Settings,
	type SettingSpace,
	drawSettings,
	keyOf,
	mapSpace,
	pointOf,
	requireSpace,
	shareOf,
	valueAt,
} from './space';

/** What came of some settings; less is better, and infinite where they did not work. */
export interface Outcome {
	readonly settings: Settings;
	readonly loss: number;
}

/** Says which settings to try next, given what came of those before; none where all were tried. */
export type Proposer = (before: readonly Outcome[]) => Settings | undefined;

/** Every combination of `steps` values of each number and every choice, in order. */
export function gridSearch(space: SettingSpace, steps = 5): Proposer {
	requireSpace(space);
	let all: Settings[] = [{}];
	for (const [name, dimension] of Object.entries(space))
		all = all.flatMap((settings) =>
			gridOf(dimension, steps).map((value) => ({ ...settings, [name]: value })),
		);
	return (before) => all[before.length];
}

/** Settings drawn at random (Bergstra and Bengio 2012), none twice. */
export function randomSearch(space: SettingSpace, random: Random): Proposer {
	requireSpace(space);
	return (before) => drawNew(before, () => drawSettings(space, random));
}

/**
 * Bayesian optimisation (Snoek, Larochelle and Adams 2012): after some random settings, always those of
 * the greatest expected improvement under a Gaussian process fitted to what came before. Looks at
 * random settings and at some near the best so far.
 */
export function bayesianSearch(space: SettingSpace, random: Random): Proposer {
	requireSpace(space);
	const first = 3 + Object.keys(space).length;
	return (before) => {
		const worked = before.filter(({ loss }) => Number.isFinite(loss));
		const draw = () => drawNew(before, () => drawSettings(space, random));
		return worked.length < first
			? draw()
			: (mostPromising(space, before, worked, random) ?? draw());
	};
}

const DRAWS = 300;
const NEAR = 40;
/** How far from the best one looks, as shares of the way between the ends. */
const STEPS = [0.1, 0.02];
/** The best so far that are looked around. */
const BEST = 3;
const MOST_REDRAWS = 100;

function mostPromising(
	space: SettingSpace,
	before: readonly Outcome[],
	worked: readonly Outcome[],
	random: Random,
): Settings | undefined {
	const worst = Math.max(...worked.map(({ loss }) => loss));
	const process = new GaussianProcess(
		before.map(({ settings }) => pointOf(space, settings)),
		drawnIn(before.map(({ loss }) => (Number.isFinite(loss) ? loss : worst))),
	);
	const sorted = [...worked].sort((a, b) => a.loss - b.loss);
	const least = (sorted[0] as Outcome).loss;
	const near = sorted
		.slice(0, BEST)
		.flatMap(({ settings }) =>
			STEPS.flatMap((step) =>
				Array.from({ length: NEAR }, () => stepFrom(space, settings, step, random)),
			),
		);
	const drawn = Array.from({ length: DRAWS }, () => drawSettings(space, random));
	const tried = new Set(before.map(({ settings }) => keyOf(settings)));
	let best: { settings: Settings; gain: number } | undefined;
	for (const settings of [...drawn, ...near]) {
		if (tried.has(keyOf(settings))) continue;
		const gain = expectedImprovement(process.at(pointOf(space, settings)), least);
		if (!best || gain > best.gain) best = { settings, gain };
	}
	return best?.settings;
}

/**
 * Losses above the middle one, nearer to it the farther they are: how bad bad settings were must not
 * hide how good ones differ.
 */
function drawnIn(losses: readonly number[]): number[] {
	const sorted = [...losses].sort((a, b) => a - b);
	const middle = sorted[sorted.length >> 1] as number;
	const unit = middle - (sorted[0] as number);
	if (unit === 0) return [...losses];
	return losses.map((loss) =>
		loss > middle ? middle + unit * Math.log1p((loss - middle) / unit) : loss,
	);
}

/** Each number some way off; each choice now and then another one. */
function stepFrom(space: SettingSpace, settings: Settings, step: number, random: Random): Settings {
	return mapSpace(space, (dimension, name) => {
		if (dimension.kind === 'choice')
			return random.next() < step ? valueAt(dimension, random.next()) : (settings[name] ?? '');
		const share = shareOf(dimension, settings[name] as number) + step * random.normal();
		return valueAt(dimension, Math.min(1, Math.max(0, share)));
	});
}

function gridOf(dimension: Dimension, steps: number) {
	const count = dimension.kind === 'choice' ? dimension.options.length : steps;
	const values = Array.from({ length: count }, (_, i) =>
		dimension.kind === 'choice'
			? valueAt(dimension, (i + 0.5) / count)
			: valueAt(dimension, count > 1 ? i / (count - 1) : 0.5),
	);
	return [...new Set(values)];
}

function drawNew(before: readonly Outcome[], draw: () => Settings): Settings | undefined {
	const tried = new Set(before.map(({ settings }) => keyOf(settings)));
	for (let redraw = 0; redraw < MOST_REDRAWS; redraw++) {
		const settings = draw();
		if (!tried.has(keyOf(settings))) return settings;
	}
	return undefined;
}
