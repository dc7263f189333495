import { store } from '$lib/client';
import type { Settings } from '$lib/contracts';
import { Resource } from './resource.svelte';

/** Which profile is open, with which catalogue and settings, and how much room there is. */
export const situation = new Resource(
	() => store.ask('situation'),
	['settings', 'catalogue', 'profile', 'ledger'],
);

export async function changeSettings(change: Partial<Settings>): Promise<void> {
	await store.tell('changeSettings', change);
	await situation.refresh();
}
