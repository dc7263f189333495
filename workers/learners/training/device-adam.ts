import {
	add,
	div,
	mul,
	sqrt,
	sub,
	tensor1d,
	tidy,
	type Tensor,
	type Tensor1D,
} from '@tensorflow/tfjs-core';
import { ADAM, type AdamStep, type Moments } from '../adam';

export type MomentTensors = Readonly<Record<keyof Moments, Tensor1D>>;

/** The weights of a network and Adam's running means on the backend in use. */
export class DeviceAdam {
	#moments: MomentTensors;

	constructor({ weights, first, second }: Moments) {
		this.#moments = {
			weights: tensor1d(weights),
			first: tensor1d(first),
			second: tensor1d(second),
		};
	}

	/** The tensors to read a checkpoint from: others after each step. */
	get moments(): MomentTensors {
		return this.#moments;
	}

	/** One step of the optimiser; `gradient` is called within `tidy`. */
	step(gradient: () => Tensor1D, settings: AdamStep): void {
		const moments = tidy(() => stepped(this.#moments, gradient(), settings));
		this.dispose();
		this.#moments = moments;
	}

	dispose(): void {
		for (const tensor of Object.values(this.#moments)) tensor.dispose();
	}
}

function stepped(
	{ weights, first: oldFirst, second: oldSecond }: MomentTensors,
	gradient: Tensor1D,
	{ rate, number, decay = 0 }: AdamStep,
) {
	const first = mix(oldFirst, gradient, ADAM.first);
	const second = mix(oldSecond, mul(gradient, gradient), ADAM.second);
	const corrected = (rate * Math.sqrt(1 - ADAM.second ** number)) / (1 - ADAM.first ** number);
	const change = div(mul(first, corrected), add(sqrt(second), ADAM.epsilon));
	const kept: Tensor1D = decay > 0 ? mul(weights, 1 - rate * decay) : weights;
	return { weights: sub<Tensor1D>(kept, change), first, second };
}

/** share × old + (1 - share) × new */
function mix(old: Tensor1D, now: Tensor, share: number): Tensor1D {
	return add(mul(old, share), mul(now, 1 - share));
}
