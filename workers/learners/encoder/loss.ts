import type { Attributes } from './attributes';
import type { Batch } from './batch';

/** A sum of losses over hidden groups, and how many there were; the loss is one over the other. */
export interface LossSum {
	readonly loss: number;
	readonly count: number;
}

/** A share is not believed beyond this; keeps a logarithm finite. */
const SUREST = 1e-7;

/**
 * How badly hidden attributes were guessed: cross-entropy (nats) for binaries and categories, half the
 * squared error for standardised numbers, each over what the usual value would have cost in training.
 *
 * @param guess rows × columns, or one row that is guessed for all
 */
export function guessLoss(guess: ArrayLike<number>, batch: Batch, attributes: Attributes): LossSum {
	const { columns, groups, scales } = attributes;
	let loss = 0;
	let count = 0;
	for (let row = 0; row < batch.rows; row++)
		groups.forEach(({ kind, from, to }, group) => {
			if (!batch.weight[row * columns + from]) return;
			const scale = scales[group] as number;
			count++;
			for (let column = from; column < to; column++) {
				const at = row * columns + column;
				const guessed = guess[guess.length === columns ? column : at] as number;
				loss += scale * columnLoss(kind, guessed, batch.target[at] as number);
			}
		});
	return { loss, count };
}

function columnLoss(kind: 'binary' | 'number' | 'category', guess: number, target: number): number {
	if (kind === 'number') return (guess - target) ** 2 / 2;
	const yes = -target * Math.log(Math.max(SUREST, guess));
	return kind === 'category' ? yes : yes - (1 - target) * Math.log(Math.max(SUREST, 1 - guess));
}
