import { scoring, store, training } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type {
	Archive,
	Correction,
	Fault,
	ForgetReceipt,
	InsightModel,
	LearnedOfSelf,
	Subject,
	Unlearned,
} from '$lib/contracts';
import { Job } from './job.svelte';
import { faultOf, Resource } from './resource.svelte';

const SELF: Subject = { kind: 'self' };

/** Rights of the person at this device, and of a guest who asks the manager. */
class Rights {
	readonly books = new Resource(() => store.ask('books'), ['books', 'profile']);
	readonly consent = new Resource(() => store.ask('consent'), ['consent', 'profile']);

	#text = $state('');
	readonly found = new Resource(
		() => store.ask('findGuests', this.#text),
		['books', 'consent', 'profile'],
	);
	#key = $state<string | null>(null);
	readonly held = new Resource(
		async () => (this.#key === null ? null : store.ask('guestHeld', this.#key)),
		['books', 'consent', 'insights', 'profile'],
	);

	readonly archiving = new Job<Archive>();
	readonly checking = new Job<readonly Unlearned[]>();
	#receipt = $state.raw<ForgetReceipt>();
	#fault = $state.raw<Fault>();

	get text(): string {
		return this.#text;
	}

	/** The guest that is looked at. */
	get key(): string | null {
		return this.#key;
	}

	/** Of what was forgotten last in this visit. */
	get receipt(): ForgetReceipt | undefined {
		return this.#receipt;
	}

	/** Why what was asked for last was not done. */
	get fault(): Fault | undefined {
		return this.#fault;
	}

	async search(text: string): Promise<void> {
		this.#text = text;
		await this.found.refresh();
	}

	async look(key: string | null): Promise<void> {
		this.#key = key;
		this.#fault = undefined;
		await this.held.refresh();
	}

	/** Before something else is asked for. */
	dismissFault(): void {
		this.#fault = undefined;
	}

	/** Puts the archive together; the page shows what is in it before it is saved. */
	async prepare(subject: Subject): Promise<void> {
		await this.archiving.run(async (options) => {
			const learned = subject.kind === 'self' ? await learnedOfSelf() : null;
			return store.run('archive', [subject, learned], options);
		});
	}

	async saveArchive(archive: Archive): Promise<void> {
		await saveBlob(archive.file, `doorstep-archive-${today()}.zip`, 'archive');
	}

	/** `true` where it was put right; the reason stands in `fault` otherwise. */
	rectify(key: string, correction: Correction): Promise<boolean> {
		return this.#try(() => store.tell('rectify', { kind: 'guest', key }, correction));
	}

	restrict(key: string, on: boolean): Promise<boolean> {
		return this.#try(() => store.tell('restrict', { kind: 'guest', key }, on));
	}

	object(key: string, on: boolean): Promise<boolean> {
		return this.#try(() => store.tell('object', { kind: 'guest', key }, on));
	}

	/** No suggestion is made from what the person does, until it is taken back. */
	objectSelf(on: boolean): Promise<boolean> {
		return this.#try(() => store.tell('object', SELF, on));
	}

	forgetGuest(key: string): Promise<boolean> {
		return this.#try(async () => {
			this.#receipt = await store.tell('forgetGuest', key);
			await this.look(null);
		});
	}

	forgetBooking(booking: number): Promise<boolean> {
		return this.#try(async () => {
			this.#receipt = await store.tell('forgetBooking', booking);
		});
	}

	/**
	 * Trains anew what waits for it, then compares each model with one trained from scratch, and writes
	 * the differences into the receipt.
	 */
	async check(): Promise<void> {
		const receipt = this.#receipt;
		if (!receipt) return;
		const waiting = receipt.models.filter(({ waiting }) => waiting);
		const checked = await this.checking.run(async (options) => {
			await training.run('refreshInsights', [{}], options);
			const done: Unlearned[] = [];
			for (const { model } of waiting)
				done.push(await training.run('checkUnlearned', [model as InsightModel], options));
			return done;
		});
		if (!checked || this.#receipt !== receipt) return;
		const of = new Map(checked.map((each) => [each.model, each]));
		const models = receipt.models.map((each) => of.get(each.model) ?? each);
		this.#receipt = { ...receipt, models };
	}

	/** What forgetting acts left of them in the taste, measured at once. */
	async receiptOfActs(acts: number): Promise<ForgetReceipt> {
		const taste = await scoring.ask('checkForgotten', Date.now());
		const { entries } = await store.ask('ledger', 0, 10);
		const entry = entries.find(({ subject, what }) => what === 'forgot' && subject === 'acts');
		return {
			instant: entry?.instant ?? Date.now(),
			subject: 'act',
			removed: [{ table: 'interaction', rows: acts }],
			models: [
				taste,
				{ model: 'listing-encoder', method: 'never-saw', difference: 0, waiting: false },
			],
			fingerprint: entry?.fingerprint ?? '',
		};
	}

	/** The receipt as a file: the person has it before their eyes. */
	async saveReceipt(receipt: ForgetReceipt): Promise<void> {
		const plain = { format: 'doorstep-receipt', ...receipt };
		const instant = new Date(receipt.instant).toISOString();
		const text = JSON.stringify({ ...plain, instant }, null, '\t');
		const file = new Blob([text], { type: 'application/json' });
		await saveBlob(file, `doorstep-receipt-${today()}.json`, 'report');
	}

	async #try(work: () => Promise<unknown>): Promise<boolean> {
		this.#fault = undefined;
		try {
			await work();
			return true;
		} catch (error) {
			this.#fault = faultOf(error);
			return false;
		}
	}
}

/** `null` where there is nothing to learn from, or suggestions were withdrawn. */
async function learnedOfSelf(): Promise<LearnedOfSelf | null> {
	try {
		const now = Date.now();
		const [taste, { saved }] = await Promise.all([
			scoring.ask('taste', now),
			store.ask('standing'),
		]);
		const explained: LearnedOfSelf['explained'][number][] = [];
		for (const property of saved) {
			const explanation = await scoring.ask('explain', property, now);
			if (explanation) explained.push({ property, explanation });
		}
		return { taste, explained };
	} catch (error) {
		if (['NotReady', 'PurposeDenied'].includes(faultOf(error).name)) return null;
		throw error;
	}
}

const today = (): string => new Date().toISOString().slice(0, 10);

export const rights = new Rights();
