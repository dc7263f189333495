/**
 * The places of the `count` largest scores, largest first, ties by place. Places whose score is
 * -Infinity are left out. Keeps a heap of `count`, so that long lists cost little more than one pass.
 */
export function topPlaces(scores: ArrayLike<number>, count: number): Uint32Array {
	const heap = new Uint32Array(Math.min(count, scores.length));
	let filled = 0;
	/** The score of the worst that is kept, once as many are kept as are wanted. */
	let lowest = Number.NEGATIVE_INFINITY;
	const worse = (a: number, b: number) => {
		const difference = (scores[a] as number) - (scores[b] as number);
		return difference < 0 || (difference === 0 && a > b);
	};
	function sink(from: number): void {
		for (let parent = from; ;) {
			let least = parent;
			for (const child of [2 * parent + 1, 2 * parent + 2])
				if (child < filled && worse(heap[child] as number, heap[least] as number)) least = child;
			if (least === parent) return;
			swap(heap, parent, least);
			parent = least;
		}
	}
	function rise(from: number): void {
		for (let child = from; child > 0;) {
			const parent = (child - 1) >> 1;
			if (!worse(heap[child] as number, heap[parent] as number)) return;
			swap(heap, child, parent);
			child = parent;
		}
	}
	for (let place = 0; place < scores.length; place++) {
		const score = scores[place] as number;
		if (score === Number.NEGATIVE_INFINITY) continue;
		if (filled < heap.length) {
			heap[filled] = place;
			rise(filled++);
			if (filled === heap.length) lowest = scores[heap[0] as number] as number;
		} else if (score <= lowest) {
			// Most of a long list ends here; of equals the earlier place stays.
			continue;
		} else if (filled > 0 && worse(heap[0] as number, place)) {
			heap[0] = place;
			sink(0);
			lowest = scores[heap[0]] as number;
		}
	}
	return heap.slice(0, filled).sort((a, b) => (worse(a, b) ? 1 : -1));
}

function swap(array: Uint32Array, i: number, j: number): void {
	const kept = array[i] as number;
	array[i] = array[j] as number;
	array[j] = kept;
}
