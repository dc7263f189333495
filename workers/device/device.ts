import type { BackendName, BackendTrial, DeviceReport } from '$lib/contracts';
import {
	enableProdMode,
	findBackendFactory,
	memory,
	removeBackend,
	setBackend,
	type Tensor,
} from '@tensorflow/tfjs-core';
import { requestAdapter, type Adapter } from './adapter';
import { registerCpu } from './cpu';
import { check, measure, type Measurement, type Numbers, type Trial } from './trial';
import { registerWasm, type WasmUrls } from './wasm';

export interface DeviceOptions {
	/** A real step of the work, on its own shapes. */
	readonly trial: Trial;
	readonly wasmUrls: WasmUrls;
	/** Takes this backend without a race, a software WebGPU too. It is checked all the same. */
	readonly prefer?: BackendName;
	/** What an earlier race on this machine found: its choice is checked and the race left out. */
	readonly remembered?: DeviceReport | null;
	/** UTC milliseconds. */
	readonly now: () => number;
}

/**
 * The backend that computes. TensorFlow.js keeps its engine for the whole realm, so a worker opens one
 * device and closes it before it opens another.
 */
export interface Device {
	readonly report: DeviceReport;
	/** The GPU in use, for diagnosis; `null` on other backends. */
	readonly gpu: GPUDevice | null;
	/**
	 * Runs `work`, and runs it again on a new adapter or on another backend when the GPU is lost
	 * meanwhile: work goes on from its own checkpoint. It disposes its tensors even when it throws.
	 */
	use<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
	close(): void;
}

export interface Session {
	readonly backend: BackendName;
	/** Waits for what is queued and reads a tensor; rejects when the GPU is lost or out of memory. */
	read(tensor: Tensor): Promise<Float32Array>;
}

/** No backend gave the right numbers. */
export class NoBackendError extends Error {
	override readonly name = 'NoBackend';
}

/** Largest relative error of one step in float32 that is still rounding. */
export const TOLERANCE = 1e-3;
/** Two losses within this time (ms): the GPU is left alone. */
const LOSS_WINDOW = 60_000;
/** A backend that needs longer than this (ms) for the trial loses, whatever its speed later. */
const TRIAL_LIMIT = 20_000;

/** Tensors alive in this realm. */
export const liveTensors = (): number => memory().numTensors;

/** Finds the fastest backend whose numbers are right. */
export async function openDevice(options: DeviceOptions): Promise<Device> {
	enableProdMode();
	registerCpu();
	registerWasm(options.wasmUrls);
	const device = new MeasuredDevice(options);
	await device.choose();
	return device;
}

class MeasuredDevice implements Device {
	report: DeviceReport = { chosen: 'cpu', trials: [], measuredAt: 0, adapter: '' };
	gpu: GPUDevice | null = null;
	readonly #options: DeviceOptions;
	readonly #expected: Numbers;
	#lost: Promise<GPUDeviceLostInfo> | null = null;
	#losses: number[] = [];
	#outOfMemory = false;

	constructor(options: DeviceOptions) {
		this.#options = options;
		this.#expected = options.trial.expected();
	}

	async choose(): Promise<void> {
		const { prefer, remembered, now } = this.#options;
		const adapter = await requestAdapter().catch(() => null);
		const name = adapter?.name ?? '';
		if (!prefer && remembered?.adapter === name && (await this.#works(remembered.chosen))) {
			this.report = remembered;
			return;
		}
		const trials: BackendTrial[] = prefer ? [await this.#try(prefer, adapter)] : [];
		if (!trials.some(isHealthy))
			for (const backend of ['wasm', 'webgpu', 'cpu'] as const)
				if (backend !== prefer) trials.push(await this.#try(backend, adapter));
		const chosen = fastest(trials);
		this.report = {
			chosen,
			trials: trials.map((trial) =>
				trial.backend === chosen ? { ...trial, verdict: 'chosen' } : trial,
			),
			measuredAt: now(),
			adapter: name,
		};
		if (chosen !== 'webgpu') this.#closeGpu();
	}

	async use<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
		for (;;) {
			await this.#switchTo(this.report.chosen);
			try {
				return await work(this.#session());
			} catch (error) {
				if (!(await this.#isLost())) throw error;
				await this.#recover();
			}
		}
	}

	close(): void {
		this.#closeGpu();
	}

	#session(): Session {
		const lost = this.#lost?.then(({ message }) => {
			throw new Error(`the GPU was lost: ${message}`);
		});
		// Whoever reads hears of the loss; without a read it must not count as unhandled.
		lost?.catch(() => {});
		return {
			backend: this.report.chosen,
			read: async (tensor) => {
				const data = tensor.data() as Promise<Float32Array>;
				const values = await (lost ? Promise.race([data, lost]) : data);
				if (this.#outOfMemory) {
					this.#outOfMemory = false;
					throw new RangeError('the GPU has too little memory');
				}
				return values;
			},
		};
	}

	async #try(backend: BackendName, adapter: Adapter | null): Promise<BackendTrial> {
		const failed = (verdict: BackendTrial['verdict'], note: string) =>
			({ backend, milliseconds: NaN, error: NaN, verdict, note }) as const;
		if (backend === 'webgpu' && !adapter) return failed('absent', 'the browser offers no GPU');
		if (backend === 'webgpu' && adapter?.software && this.#options.prefer !== 'webgpu')
			return failed('software', 'the GPU is computed by the processor');
		try {
			await this.#switchTo(backend, adapter);
			const measured = await this.#measure();
			const verdict = measured.error <= TOLERANCE ? 'slower' : 'wrong';
			return { backend, ...measured, verdict, note: '' };
		} catch (error) {
			return failed('failed', error instanceof Error ? error.message : 'it did not start');
		}
	}

	async #measure(): Promise<Measurement> {
		const { trial } = this.#options;
		return withinLimit(measure(trial, this.#expected));
	}

	/** Whether one step is right on this backend, now. */
	async #works(backend: BackendName): Promise<boolean> {
		try {
			await this.#switchTo(backend);
			return (await withinLimit(check(this.#options.trial, this.#expected))) <= TOLERANCE;
		} catch {
			return false;
		}
	}

	async #switchTo(backend: BackendName, adapter?: Adapter | null): Promise<void> {
		if (backend === 'webgpu' && !this.gpu) await this.#openGpu(adapter ?? (await requestAdapter()));
		// It resolves to false, and keeps the old backend, when the new one fails to start.
		if (await setBackend(backend)) return;
		removeBackend(backend);
		throw new Error(`${backend} did not start`);
	}

	async #openGpu(adapter: Adapter | null): Promise<void> {
		if (!adapter) throw new Error('the browser offers no GPU');
		const { registerWebGpu } = await import('./webgpu');
		const gpu = await adapter.open();
		registerWebGpu(gpu, adapter.info);
		gpu.addEventListener('uncapturederror', ({ error }) => {
			if (error instanceof GPUOutOfMemoryError) this.#outOfMemory = true;
		});
		this.gpu = gpu;
		this.#lost = gpu.lost;
	}

	#closeGpu(): void {
		if (!this.gpu) return;
		if (findBackendFactory('webgpu')) removeBackend('webgpu');
		this.gpu.destroy();
		this.gpu = null;
		this.#lost = null;
	}

	/** A failed read may come some time before the loss is told. */
	async #isLost(): Promise<boolean> {
		if (!this.#lost) return false;
		const later = new Promise<false>((resolve) => setTimeout(resolve, 100, false));
		return Promise.race([this.#lost.then(() => true), later]);
	}

	async #recover(): Promise<void> {
		const now = this.#options.now();
		this.#losses = [...this.#losses.filter((at) => now - at < LOSS_WINDOW), now];
		this.#closeGpu();
		if (this.#losses.length < 2 && (await this.#works('webgpu'))) return;
		this.#closeGpu();
		for (const backend of ['wasm', 'cpu'] as const)
			if (await this.#works(backend)) return this.#leaveGpu(backend);
		throw new NoBackendError('The GPU was lost and nothing else computes here. Reload the page.');
	}

	#leaveGpu(chosen: BackendName): void {
		const trials = this.report.trials.map((trial): BackendTrial => {
			if (trial.backend === 'webgpu') return { ...trial, verdict: 'failed', note: 'it was lost' };
			return trial.backend === chosen ? { ...trial, verdict: 'chosen' } : trial;
		});
		this.report = { ...this.report, chosen, trials };
	}
}

const isHealthy = ({ verdict }: BackendTrial) => verdict === 'slower' || verdict === 'chosen';

function fastest(trials: readonly BackendTrial[]): BackendName {
	const [best] = trials.filter(isHealthy).sort((a, b) => a.milliseconds - b.milliseconds);
	if (!best)
		throw new NoBackendError(
			'Neither the GPU nor WebAssembly nor JavaScript computed right here. Try another browser.',
		);
	return best.backend;
}

async function withinLimit<Result>(work: Promise<Result>): Promise<Result> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const limit = new Promise<never>((_, reject) => {
		timer = setTimeout(
			() => reject(new Error(`it took over ${TRIAL_LIMIT / 1000} s`)),
			TRIAL_LIMIT,
		);
	});
	return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
