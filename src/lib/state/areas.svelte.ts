import { store } from '$lib/client';
import { Resource } from './resource.svelte';

/** The places of the catalogue, told by their homes. */
export const areas = new Resource(() => store.ask('areas'), ['catalogue', 'profile']);
