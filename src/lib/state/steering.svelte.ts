import { scoring } from '$lib/client';
import { Resource } from './resource.svelte';

/** Whether the list favours or avoids neighbourhoods; counted when somebody looks. */
export const steering = new Resource(
	() => scoring.ask('steering', Date.now()),
	['acts', 'taste', 'models', 'catalogue', 'profile', 'packs'],
);
