/**
 * A function as an expression that runs elsewhere: in a page, or before its first line. tsx names
 * functions by a helper that only its own modules have, and a function that misses it fails there.
 *
 * @param argument what JSON can write
 */
export function inPage<Argument, Value>(
	work: (argument: Argument) => Value,
	argument: Argument,
): string {
	return `(() => {
		const __name = (made) => made;
		return (${work.toString()})(${JSON.stringify(argument) ?? 'undefined'});
	})()`;
}
