/** A named part of a sum. */
export interface Part {
	readonly label: string;
	readonly value: number;
}

export interface Step extends Part {
	/** Where its bar begins and ends; it runs back where `to` is smaller. */
	readonly from: number;
	readonly to: number;
}

export interface Ladder {
	readonly steps: readonly Step[];
	readonly total: number;
	/** Where the axis begins: above zero only where the base is cut, which a slash shows. */
	readonly floor: number;
	readonly ceiling: number;
	readonly cut: boolean;
}

/**
 * Bars that lead from a base to its total. Where the base is so long that the parts would be slivers,
 * the axis begins later: the base keeps a stub of a quarter of what is shown.
 */
export function ladder(base: Part, parts: readonly Part[]): Ladder {
	let at = base.value;
	const climbs = parts.map((part) => {
		const from = at;
		at += part.value;
		return { ...part, from, to: at };
	});
	const ends = [base.value, ...climbs.map((step) => step.to)];
	const low = Math.min(...ends);
	const high = Math.max(...ends);
	const cut = low > 0 && high - low < high / 3;
	const floor = cut ? Math.max(0, low - Math.max(high - low, high / 100) / 2.5) : Math.min(0, low);
	return {
		steps: [{ ...base, from: cut ? floor : 0, to: base.value }, ...climbs],
		total: at,
		floor,
		ceiling: Math.max(0, high),
		cut: cut && floor > 0,
	};
}
