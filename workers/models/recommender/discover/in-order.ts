/**
 * What stands at a place once the values are in ascending order, without ordering them all (quickselect,
 * Hoare 1961). The values must be numbers, and are moved about.
 */
export function inOrderAt(values: Float64Array, place: number): number {
	let [from, to] = [0, values.length - 1];
	while (from < to) {
		const pivot = values[(from + to) >> 1] as number;
		let [i, j] = [from, to];
		while (i <= j) {
			while ((values[i] as number) < pivot) i++;
			while ((values[j] as number) > pivot) j--;
			if (i > j) break;
			const kept = values[i] as number;
			values[i++] = values[j] as number;
			values[j--] = kept;
		}
		if (place <= j) to = j;
		else if (place >= i) from = i;
		else break;
	}
	return values[place] as number;
}
