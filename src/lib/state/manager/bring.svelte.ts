import { policyLevel, store } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type { BringReport, Fault, FileLook, Mapping } from '$lib/contracts';
import { Job } from '../job.svelte';
import { faultOf } from '../resource.svelte';

/** Which of the four steps a file is at; `asking`: nothing of it was read yet. */
export type BringStep =
	'none' | 'asking' | 'opening' | 'matching' | 'reading' | 'looking' | 'keeping';

/** A file on its way into the books: opened, matched, read, looked at, kept. */
class Bring {
	readonly reading = new Job<BringReport>();
	#step = $state<BringStep>('none');
	#file = $state.raw<File>();
	#look = $state.raw<FileLook>();
	#mapping = $state.raw<Mapping>();
	#fault = $state.raw<Fault>();
	#level = $state.raw<Awaited<ReturnType<typeof policyLevel>>>();
	#accepted = false;

	get step(): BringStep {
		return this.#step;
	}
	get file(): File | undefined {
		return this.#file;
	}
	get look(): FileLook | undefined {
		return this.#look;
	}
	get mapping(): Mapping | undefined {
		return this.#mapping;
	}
	/** Why the file came no further. */
	get fault(): Fault | undefined {
		return this.#fault ?? this.reading.fault;
	}
	get report(): BringReport | undefined {
		return this.#step === 'looking' || this.#step === 'keeping' ? this.reading.result : undefined;
	}

	/** A reload brings the app's own headers: this page came without its service worker. */
	get reloadHelps(): boolean {
		return this.#level?.controlled === false;
	}

	/** Where only the page's own tag guards what is read (level C), the person is asked first. */
	async open(file: File): Promise<void> {
		this.reset();
		this.#file = file;
		this.#step = 'opening';
		this.#level = await policyLevel();
		if (this.#level.level === 'C' && !this.#accepted) this.#step = 'asking';
		else await this.#open(file);
	}

	/** The person wants it all the same; not asked again until the page is loaded anew. */
	async accept(): Promise<void> {
		this.#accepted = true;
		if (this.#file) await this.#open(this.#file);
	}

	async #open(file: File): Promise<void> {
		this.#step = 'opening';
		try {
			this.#look = await store.ask('lookAtFile', file);
			this.#mapping = this.#look.mapping;
			this.#step = 'matching';
		} catch (error) {
			this.#fail(error);
		}
	}

	match(mapping: Mapping): void {
		this.#mapping = mapping;
	}

	async read(): Promise<void> {
		const [file, mapping] = [this.#file, this.#mapping];
		if (!file || !mapping) return;
		this.#fault = undefined;
		this.#step = 'reading';
		// Plain data alone crosses to the worker, never a proxy.
		const plain = $state.snapshot(mapping) as Mapping;
		const report = await this.reading.run((options) =>
			store.run('readBooksFile', [file, plain], options),
		);
		this.#step = report ? 'looking' : 'matching';
	}

	/** Puts the rows into the books. `true` once they are there. */
	async keep(): Promise<boolean> {
		const report = this.reading.result;
		if (!report) return false;
		this.#step = 'keeping';
		try {
			await store.tell('keepRead', report.token);
			await navigator.storage.persist();
			this.reset();
			return true;
		} catch (error) {
			this.#fail(error);
			return false;
		}
	}

	async saveRefused(): Promise<void> {
		const report = this.reading.result;
		if (!report) return;
		const file = await store.ask('refusedRows', report.token);
		await saveBlob(file, 'refused-rows.csv', 'refused rows');
	}

	/** Forgets the file; what was read of it is dropped. */
	reset(): void {
		const report = this.reading.result;
		if (report) void store.tell('dropRead', report.token);
		this.reading.reset();
		this.#file = undefined;
		this.#look = undefined;
		this.#mapping = undefined;
		this.#fault = undefined;
		this.#step = 'none';
	}

	#fail(error: unknown): void {
		this.#fault = faultOf(error);
		this.#step = 'none';
	}
}

export const bring = new Bring();
