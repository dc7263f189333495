import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/**
 * The tokens of src/app.css, checked as WCAG 2.2 asks: text 4.5 to 1, controls and chart marks 3 to 1;
 * chart series at least ΔE 10 apart in normal, protan, deutan and tritan sight
 * (Machado, Oliveira and Fernandes 2009, severity 1; CIE76 in Lab).
 */
const css = readFileSync(new URL('../../src/app.css', import.meta.url), 'utf8');
const roles = new Map(
	[...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
		([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
	),
);
const SCHEMES = ['light', 'dark'] as const;
const GROUNDS = ['surface', 'raised', 'sunk'];
const SERIES = [1, 2, 3, 4, 5, 6].map((place) => `series-${place}`);

type Triple = readonly [number, number, number];

function colour(role: string, scheme: 'light' | 'dark'): string {
	const found = roles.get(role);
	if (!found) throw new Error(`no such role: ${role}`);
	return found[scheme];
}

function linear(hex: string): Triple {
	const channel = (at: number): number => {
		const value = parseInt(hex.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return [channel(1), channel(3), channel(5)];
}

function contrast(first: string, second: string): number {
	const luminance = ([red, green, blue]: Triple): number =>
		0.2126 * red + 0.7152 * green + 0.0722 * blue;
	const [low = 0, high = 0] = [first, second]
		.map((hex) => luminance(linear(hex)))
		.sort((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}

const SIGHTS: Record<string, readonly [Triple, Triple, Triple]> = {
	normal: [
		[1, 0, 0],
		[0, 1, 0],
		[0, 0, 1],
	],
	protan: [
		[0.152286, 1.052583, -0.204868],
		[0.114503, 0.786281, 0.099216],
		[-0.003882, -0.048116, 1.051998],
	],
	deutan: [
		[0.367322, 0.860646, -0.227968],
		[0.280085, 0.672501, 0.047413],
		[-0.01182, 0.04294, 0.968881],
	],
	tritan: [
		[1.255528, -0.076749, -0.178779],
		[-0.078411, 0.930809, 0.147602],
		[0.004733, 0.691367, 0.3039],
	],
};

function lab(hex: string, sight: readonly [Triple, Triple, Triple]): Triple {
	const seen = linear(hex);
	const [red, green, blue] = sight.map((row) =>
		Math.min(1, Math.max(0, row[0] * seen[0] + row[1] * seen[1] + row[2] * seen[2])),
	) as unknown as Triple;
	const curve = (value: number): number =>
		value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
	const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047);
	const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
	const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function distance(first: Triple, second: Triple): number {
	return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

describe.each(SCHEMES)('the colours of the %s scheme', (scheme) => {
	const pairs = (fronts: readonly string[], backs: readonly string[]): [string, string][] =>
		fronts.flatMap((front) => backs.map((back): [string, string] => [front, back]));
	const tooLow = (list: readonly [string, string][], least: number): string[] =>
		list
			.map(([front, back]) => ({
				name: `${front} on ${back}`,
				ratio: contrast(colour(front, scheme), colour(back, scheme)),
			}))
			.filter(({ ratio }) => !(ratio >= least))
			.map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`);

	it('lets text be read on every ground it stands on', () => {
		const inks = ['ink', 'muted', 'accent-text', 'second-text', 'good', 'warn', 'bad'];
		const onTint: [string, string][] = [
			...pairs(['ink', 'accent-text', 'muted'], ['accent-soft']),
			...pairs(['ink', 'second-text'], ['second-soft']),
			...pairs(['ink', 'good'], ['good-soft']),
			...pairs(['ink', 'warn'], ['warn-soft']),
			...pairs(['ink', 'bad'], ['bad-soft']),
		];
		const onFill: [string, string][] = [
			['accent-ink', 'accent'],
			['accent-ink', 'accent-press'],
			['second-ink', 'second'],
			['bad-ink', 'bad-fill'],
			['ink-inverse', 'ink'],
			['toast-action', 'ink'],
			...pairs(['ink'], ['heat-0', 'heat-1', 'heat-2']),
			['heat-3-ink', 'heat-3'],
			['accent-ink', 'heat-4'],
		];
		expect(tooLow([...pairs(inks, GROUNDS), ...onTint, ...onFill], 4.5)).toEqual([]);
	});

	it('lets controls, focus, sliders’ tracks and the map’s dots be seen', () => {
		expect(tooLow(pairs(['line-strong', 'accent', 'focus'], GROUNDS), 3)).toEqual([]);
	});

	it('lets chart marks be seen on paper and on cards', () => {
		expect(tooLow(pairs(SERIES, ['surface', 'raised']), 3)).toEqual([]);
	});

	it.each(Object.keys(SIGHTS))('keeps the chart series apart in %s sight', (name) => {
		const sight = SIGHTS[name];
		if (!sight) throw new Error(name);
		const seen = SERIES.map((role) => lab(colour(role, scheme), sight));
		const apart = seen.flatMap((one, index) =>
			seen.slice(index + 1).map((other) => distance(one, other)),
		);
		expect(Math.min(...apart)).toBeGreaterThanOrEqual(10);
	});
});
