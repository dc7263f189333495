/** Where random bits come from. Tests hand in seeded ones; a release takes the browser's own. */
export interface RandomBytes {
	/** Fills the array. */
	fill(bytes: Uint8Array<ArrayBuffer>): void;
}

/** The browser's cryptographic source. */
export const secureBytes: RandomBytes = {
	fill: (bytes) => void crypto.getRandomValues(bytes),
};

/** Bytes that are asked of the source at a time: asking for each alone costs more than drawing. */
const AT_ONCE = 4096;

/** Uniform whole numbers out of random bytes. */
export class RandomBits {
	private readonly bytes = new Uint8Array(AT_ONCE);
	private used = AT_ONCE;

	constructor(private readonly source: RandomBytes = secureBytes) {}

	/**
	 * Uniform in 0 ... below - 1, exactly: a number that falls outside is thrown away and drawn anew.
	 *
	 * @throws RangeError where `below` is not positive
	 */
	below(below: bigint): bigint {
		if (below < 1n) throw new RangeError('below requires a positive number');
		const bits = below === 1n ? 0 : (below - 1n).toString(2).length;
		for (;;) {
			const drawn = this.take(bits);
			if (drawn < below) return drawn;
		}
	}

	private take(bits: number): bigint {
		let drawn = 0n;
		for (let left = bits; left > 0; left -= 8) {
			const width = Math.min(8, left);
			drawn = (drawn << BigInt(width)) | BigInt(this.nextByte() >> (8 - width));
		}
		return drawn;
	}

	private nextByte(): number {
		if (this.used === AT_ONCE) {
			this.source.fill(this.bytes);
			this.used = 0;
		}
		return this.bytes[this.used++] as number;
	}
}
