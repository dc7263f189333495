import { scoring } from '$lib/client';
import type { TrialRival } from '$lib/contracts';
import { Resource } from './resource.svelte';
import { changeSettings } from './situation.svelte';

/** How good the list is, by what is on this device alone; computed when it is looked at. */
export const evaluation = new Resource(
	() => scoring.ask('evaluation', Date.now()),
	['acts', 'catalogue', 'models', 'packs', 'profile'],
);

/** From the next list on; `null`: the present ranking alone. */
export async function tryAgainst(rival: TrialRival | null): Promise<void> {
	await changeSettings({ trial: rival });
}
