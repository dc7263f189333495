/** Whether plain data, from a buffer say, has the form that a step needs. */
export type Shape<Value> = (value: unknown) => value is Value;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isFloats = (value: unknown): value is Float64Array => value instanceof Float64Array;
export const isStarts = (value: unknown): value is Uint32Array => value instanceof Uint32Array;

/** A shape whose parts must agree as well. */
export function isSound<Value>(
	shape: Shape<Value>,
	agrees: (value: Value) => boolean,
): Shape<Value> {
	return (value): value is Value => shape(value) && agrees(value);
}

export function isListOf<Item>(item: Shape<Item>): Shape<readonly Item[]> {
	return (value): value is readonly Item[] => Array.isArray(value) && value.every(item);
}

export function isRecord<Fields extends object>(fields: {
	readonly [Name in keyof Fields]: Shape<Fields[Name]>;
}): Shape<Fields> {
	return (value): value is Fields =>
		typeof value === 'object' &&
		value !== null &&
		Object.entries<Shape<unknown>>(fields).every(([name, shape]) =>
			shape((value as Record<string, unknown>)[name]),
		);
}
