import type { Contribution, FeatureName } from '$lib/contracts';
import { featureLabel } from './features';
import type { Money } from './money';
import type { NameOfHome } from './reasons';

const REST: FeatureName = { key: 'rest', group: 'rest', value: '' };

/** The name of a bar; what others' behaviour says through one home of the own history carries its name. */
export function partLabel(feature: FeatureName, money: Money, nameOf: NameOfHome): string {
	const name = feature.source === undefined ? undefined : nameOf(feature.source);
	if (name === undefined) return featureLabel(feature, money);
	return feature.group === 'next' ? `Where people went after “${name}”` : `Chosen with “${name}”`;
}

/** The largest `count` parts as they are, and the others as one part, so that all still sum to the fit. */
export function largestAndRest(parts: readonly Contribution[], count: number): Contribution[] {
	const named = parts.filter((part) => part.feature.group !== 'rest');
	const sorted = [...named].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
	const shown = sorted.slice(0, count);
	const rest = parts.filter((part) => !shown.includes(part));
	if (!rest.length) return shown;
	return [...shown, { feature: REST, value: rest.reduce((sum, part) => sum + part.value, 0) }];
}

/**
 * Values rounded to `digits` so that the printed values add up to the printed sum: each is rounded
 * down, and the largest remainders take what is missing (Hamilton's method of apportionment).
 */
export function roundedToSum(values: readonly number[], digits = 2): number[] {
	const unit = 10 ** digits;
	const scaled = values.map((value) => value * unit);
	const floors = scaled.map(Math.floor);
	const total = Math.round(scaled.reduce((sum, value) => sum + value, 0));
	const missing = total - floors.reduce((sum, value) => sum + value, 0);
	const byRemainder = scaled
		.map((value, index) => ({ index, remainder: value - Math.floor(value) }))
		.sort((a, b) => b.remainder - a.remainder)
		.slice(0, missing);
	for (const { index } of byRemainder) floors[index] = (floors[index] ?? 0) + 1;
	return floors.map((value) => value / unit);
}
