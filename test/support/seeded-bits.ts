import { RandomBits } from '$workers/privacy/noise/random-bits';
import { seededRandom } from '$workers/math/random';

/** Bits that are the same in every run. A release never takes them. */
export function seededBits(seed: number | string): RandomBits {
	const random = seededRandom(seed);
	return new RandomBits({
		fill(bytes) {
			for (let i = 0; i < bytes.length; i++) bytes[i] = random.integer(256);
		},
	});
}
