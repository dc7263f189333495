/** 64 bits as two unsigned halves: an identity, not a secret. */
export interface Hash64 {
	readonly high: number;
	readonly low: number;
}

/**
 * FNV-1a over UTF-16 units in two lanes with different multipliers, each ended by the finaliser of
 * MurmurHash3 (Appleby 2011). Two different texts agree with a chance of about 2^-64.
 */
export function hash64(text: string): Hash64 {
	let high = 0x811c9dc5;
	let low = 0x9e3779b9;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		high = Math.imul(high ^ unit, 0x01000193);
		low = Math.imul(low ^ unit, 0x85ebca6b);
	}
	return mix64(high, low ^ text.length);
}

/** Spreads both halves over each other. */
export function mix64(high: number, low: number): Hash64 {
	const first = finish(high ^ Math.imul(low, 0x9e3779b1));
	const second = finish(low ^ Math.imul(first, 0x85ebca77));
	return { high: first, low: second };
}

function finish(lane: number): number {
	let mixed = lane;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The 64 bits as 16 hexadecimal digits. */
export function hexOf({ high, low }: Hash64): string {
	return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
