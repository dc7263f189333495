import { policyLevel, stopWorkers, store, training } from '$lib/client';
import { saveBlob, saveFile } from '$lib/client/gate';
import { leaveToErase } from '$lib/client/pwa';
import { allRequests } from '$lib/client/requests';
import type { LedgerWhat } from '$lib/contracts';
import { Job } from './job.svelte';
import { ledger } from './ledger.svelte';
import { faultOf, Resource } from './resource.svelte';
import { selfTest } from './self-test.svelte';

const HANDED_OVER: readonly LedgerWhat[] = ['exported', 'shared', 'released', 'backed-up'];

/** What the privacy page shows. Everything is counted when it is looked at. */
class PrivacyState {
	/** Every table with its fields and readers, and every model with what it was trained on. */
	readonly map = new Resource(
		() => store.ask('dataMap'),
		[
			'acts',
			'taste',
			'models',
			'catalogue',
			'settings',
			'ledger',
			'profile',
			'books',
			'insights',
			'consent',
			'choices',
			'releases',
		],
	);
	/** The newest entries of the ledger. */
	readonly recent = new Resource(
		() => store.ask('ledgerEntries', { offset: 0, limit: 20 }),
		['ledger', 'profile'],
	);
	/** What was handed over, newest first: the last one, and how many there are. */
	readonly handed = new Resource(
		() => store.ask('ledgerEntries', { whats: HANDED_OVER, offset: 0, limit: 1 }),
		['ledger', 'profile'],
	);
	readonly requests = new Resource(allRequests, ['ledger']);
	readonly level = new Resource(policyLevel, []);
	readonly erasing = new Job<void>();
	readonly device = new Resource(() => training.ask('device'), ['models']);

	/** What is known of whether something left: requests, self-test, ledger, and the person's own acts. */
	get evidence() {
		const requests = this.requests.current;
		return {
			elsewhere: requests?.filter((request) => request.elsewhere && !request.selfTest).length,
			gotOut: selfTest.results.filter(({ verdict }) => verdict === 'got-out').length,
			ledgerHolds: ledger.verdict.fault ? null : ledger.verdict.current?.holds,
			handed: this.handed.current?.matching,
		};
	}

	/** The browser by its own word, for the report. */
	get browser(): string {
		const brands = navigator.userAgentData?.brands ?? [];
		const named = brands.filter(({ brand }) => !/not.*brand/i.test(brand));
		return named.length
			? named.map(({ brand, version }) => `${brand} ${version}`).join(', ')
			: navigator.userAgent;
	}

	/** The report that the page shows, as one file. */
	async saveReport(html: string): Promise<void> {
		const day = new Date().toISOString().slice(0, 10);
		const file = new Blob([html], { type: 'text/html' });
		await saveBlob(file, `doorstep-privacy-report-${day}.html`, 'report');
	}

	/** Everything as one file, to be shown before it is saved. */
	prepareExport() {
		return store.ask('exportEverything');
	}

	async saveExport(file: Blob): Promise<void> {
		const day = new Date().toISOString().slice(0, 10);
		await saveFile(file, `doorstep-${day}.json`);
	}

	/**
	 * Deletes the databases, lets the workers go, and leaves for `/erase`, which empties the rest.
	 * Every tab leaves when it hears that the databases are gone: this one perhaps before the answer.
	 */
	async erase(): Promise<void> {
		await this.erasing.run(async () => {
			try {
				await store.tell('erase');
			} catch (error) {
				if (faultOf(error).name !== 'WorkerLost') throw error;
			}
			stopWorkers();
			await leaveToErase();
		});
	}
}

export const privacy = new PrivacyState();
