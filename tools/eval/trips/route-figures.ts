/** F1 of the places of a route, each counted as often as it comes. */
export function f1(wanted: readonly number[], given: readonly number[]): number {
	const left = [...wanted];
	for (const place of given) {
		const at = left.indexOf(place);
		if (at >= 0) left.splice(at, 1);
	}
	const found = wanted.length - left.length;
	return (2 * found) / (wanted.length + given.length);
}

/** F1 of the pairs of places in their order (Chen, Ong and Xie 2016); no place is wanted twice. */
export function pairsF1(wanted: readonly number[], given: readonly number[]): number {
	const placeOf = new Map(wanted.map((place, i) => [place, i]));
	const pairs = (count: number) => (count * (count - 1)) / 2;
	let found = 0;
	given.forEach((later, i) => {
		for (const earlier of given.slice(0, i)) {
			const [from, to] = [placeOf.get(earlier), placeOf.get(later)];
			if (from !== undefined && to !== undefined && from < to) found++;
		}
	});
	if (found === 0) return 0;
	const precision = found / pairs(given.length);
	const recall = found / pairs(wanted.length);
	return (2 * precision * recall) / (precision + recall);
}
