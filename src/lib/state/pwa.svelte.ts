import { type Pwa, startPwa } from '$lib/client/pwa';
import { encoderTraining } from './training.svelte';

/** The app as something installed: ready offline, with a newer version, with or without a signal. */
class PwaState {
	#offlineReady = $state(false);
	#updateReady = $state(false);
	#online = $state(true);
	#pwa: Pwa | null = null;

	get offlineReady(): boolean {
		return this.#offlineReady;
	}
	get updateReady(): boolean {
		return this.#updateReady;
	}
	get online(): boolean {
		return this.#online;
	}

	async start(): Promise<void> {
		this.#online = navigator.onLine;
		addEventListener('online', () => (this.#online = true));
		addEventListener('offline', () => (this.#online = false));
		this.#pwa = await startPwa({
			onOfflineReady: () => (this.#offlineReady = true),
			onUpdateReady: () => (this.#updateReady = true),
			beforeReload: () => Promise.resolve(encoderTraining.job.cancel()),
		});
	}

	applyUpdate(): void {
		this.#pwa?.applyUpdate();
	}

	later(): void {
		this.#updateReady = false;
	}
}

export const pwa = new PwaState();
