/** Does on logarithms what is meant in shares; as they are where a value is not positive. */
export function onLogScale(
	values: Float64Array,
	change: (scaled: Float64Array) => Float64Array,
): Float64Array {
	if (values.every((value) => value > 0)) return change(values.map(Math.log)).map(Math.exp);
	return change(values);
}
