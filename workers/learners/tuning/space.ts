import type { Random } from '$workers/math/random';

/** A setting that may be chosen. */
export type Dimension =
	| {
			readonly kind: 'number';
			/** Both included. */
			readonly from: number;
			readonly to: number;
			/** `log` where factors matter more than differences; then both ends are above 0. */
			readonly scale: 'linear' | 'log';
			/** Whether only whole numbers will do. */
			readonly whole?: boolean;
	  }
	| { readonly kind: 'choice'; readonly options: readonly Value[] };

export type Value = number | string | boolean;

/** What may be chosen, by name. */
export type SettingSpace = Readonly<Record<string, Dimension>>;
export type Settings = Readonly<Record<string, Value>>;

/** A RangeError says which dimension is none. */
export function requireSpace(space: SettingSpace): void {
	const entries = Object.entries(space);
	if (entries.length === 0) throw new RangeError('there is no setting to choose');
	for (const [name, dimension] of entries) {
		const isFit =
			dimension.kind === 'choice'
				? dimension.options.length > 0
				: dimension.from <= dimension.to && (dimension.scale === 'linear' || dimension.from > 0);
		if (!isFit) throw new RangeError(`the bounds of the setting ${name} hold nothing`);
	}
}

/** The value at a share of the way from one end to the other; of choices each has an equal part. */
export function valueAt(dimension: Dimension, share: number): Value {
	if (dimension.kind === 'choice') {
		const { options } = dimension;
		return options[Math.min(options.length - 1, Math.floor(share * options.length))] as Value;
	}
	const { from, to, scale, whole } = dimension;
	const value = scale === 'log' ? from * (to / from) ** share : from + share * (to - from);
	const rounded = whole ? Math.round(value) : value;
	return Math.min(to, Math.max(from, rounded));
}

export function drawSettings(space: SettingSpace, random: Random): Settings {
	return mapSpace(space, (dimension) => valueAt(dimension, random.next()));
}

/**
 * Settings as a point in the unit box, where equal steps are about equally large changes: a number is
 * its share of the way, a choice one coordinate for each option.
 */
export function pointOf(space: SettingSpace, settings: Settings): number[] {
	return Object.entries(space).flatMap(([name, dimension]) => {
		const value = settings[name] as Value;
		if (dimension.kind === 'choice')
			return dimension.options.map((option) => (option === value ? Math.SQRT1_2 : 0));
		return [shareOf(dimension, value as number)];
	});
}

/** Where a number stands between its ends. */
export function shareOf(
	{ from, to, scale }: Extract<Dimension, { kind: 'number' }>,
	value: number,
): number {
	if (from === to) return 0;
	return scale === 'log'
		? Math.log(value / from) / Math.log(to / from)
		: (value - from) / (to - from);
}

export function mapSpace(
	space: SettingSpace,
	change: (dimension: Dimension, name: string) => Value,
): Settings {
	return Object.fromEntries(
		Object.entries(space).map(([name, dimension]) => [name, change(dimension, name)]),
	);
}

/** The same text for the same settings. */
export const keyOf = (settings: Settings): string => JSON.stringify(settings);
