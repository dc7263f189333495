import { store, training } from '$lib/client';
import type { Fault, PackStep } from '$lib/contracts';
import { faultOf, Resource } from './resource.svelte';

/** What others' choices teach: the pack in use, the one that waits, and how they come. */
class Packs {
	readonly view = new Resource(() => store.ask('packs'), ['packs', 'catalogue', 'profile']);
	#busy = $state(false);
	#fault = $state.raw<Fault>();
	#said = $state.raw<'kept' | 'known'>();
	#looking: Promise<void> | undefined;

	get busy(): boolean {
		return this.#busy;
	}

	/** Why the pack that was opened last was not taken. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	/** What came of the pack that was opened last. */
	get said(): 'kept' | 'known' | undefined {
		return this.#said;
	}

	/** Once for each start of the app: the schedule is the store's. Says nothing, whatever comes of it. */
	lookDaily(): Promise<void> {
		return (this.#looking ??= this.#quietly(() => store.tell('lookAtHost', false)));
	}

	/** Beside a catalogue that has just come from the host. */
	lookNow(): Promise<void> {
		return this.#quietly(() => store.tell('lookAtHost', true));
	}

	openFile(file: File): Promise<void> {
		return this.#aloud(() => store.tell('openPack', file));
	}

	trust(fingerprint: string): Promise<void> {
		return this.#aloud(() => store.tell('trustPack', fingerprint));
	}

	drop(): Promise<void> {
		return this.#aloud(async () => {
			await store.tell('dropPack');
			return 'none';
		});
	}

	use(use: boolean): Promise<void> {
		return this.#aloud(async () => {
			await store.tell('usePack', use);
			return 'none';
		});
	}

	async #quietly(step: () => Promise<PackStep>): Promise<void> {
		try {
			await this.#onwards(await step());
		} catch {
			// Offline, or refused: what was refused stands on the catalogue's page.
		}
	}

	async #aloud(step: () => Promise<PackStep>): Promise<void> {
		this.#busy = true;
		this.#fault = undefined;
		this.#said = undefined;
		try {
			const came = await step();
			const tried = await this.#onwards(came);
			if (tried === 'kept' || came === 'known') this.#said = tried === 'kept' ? 'kept' : 'known';
			await this.view.refresh();
			if (tried === 'refused') this.#fault = this.view.current?.refused[0]?.fault;
		} catch (error) {
			this.#fault = faultOf(error);
		} finally {
			this.#busy = false;
		}
	}

	async #onwards(step: PackStep): Promise<'kept' | 'refused' | null> {
		return step === 'tried-next' ? training.tell('tryPack') : null;
	}
}

export const packs = new Packs();
