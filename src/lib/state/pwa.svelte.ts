import { stopWorkers, subscribe } from '$lib/client';
import { leaveToErase, type Pwa, startPwa } from '$lib/client/pwa';
import { encoderTraining } from './training.svelte';

/** Chromium's; the DOM's types don't know it. */
interface InstallPrompt extends Event {
	prompt(): Promise<unknown>;
}

/** Set once a person said "not now". */
const NOT_INSTALLED = 'install';

/** The app as something installed: ready offline, with a newer version, with or without a signal. */
class PwaState {
	#offlineReady = $state(false);
	#updateReady = $state(false);
	#online = $state(true);
	#pwa: Pwa | null = null;
	#invitation = $state.raw<InstallPrompt | null>(null);

	get offlineReady(): boolean {
		return this.#offlineReady;
	}
	get updateReady(): boolean {
		return this.#updateReady;
	}
	get online(): boolean {
		return this.#online;
	}

	/** The browser would install the app if it were asked. */
	get installable(): boolean {
		return this.#invitation !== null;
	}

	async install(): Promise<void> {
		await this.#invitation?.prompt();
		this.#invitation = null;
	}

	dontInstall(): void {
		localStorage.setItem(NOT_INSTALLED, 'asked');
		this.#invitation = null;
	}

	async start(): Promise<void> {
		this.#online = navigator.onLine;
		addEventListener('online', () => (this.#online = true));
		addEventListener('offline', () => (this.#online = false));
		addEventListener('beforeinstallprompt', (event) => {
			// Asked in our own words, where it is not in the way.
			event.preventDefault();
			if (!localStorage.getItem(NOT_INSTALLED)) this.#invitation = event as InstallPrompt;
		});
		subscribe(['erased'], leaveWithTheOthers);
		this.#pwa = await startPwa({
			onOfflineReady: () => (this.#offlineReady = true),
			onUpdateReady: () => (this.#updateReady = true),
			beforeReload: () => Promise.resolve(encoderTraining.job.cancel()),
		});
	}

	applyUpdate(): void {
		this.#pwa?.applyUpdate();
	}
}

/** Everything is erased in all tabs at once: one that stayed would open the databases anew. */
function leaveWithTheOthers(): void {
	stopWorkers();
	void leaveToErase();
}

export const pwa = new PwaState();
