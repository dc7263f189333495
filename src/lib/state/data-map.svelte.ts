import { store } from '$lib/client';
import { Resource } from './resource.svelte';

/** Every store and model, counted when it is looked at and again when something changed. */
export const dataMap = new Resource(
	() => store.ask('dataMap'),
	[
		'profile',
		'catalogue',
		'acts',
		'taste',
		'models',
		'books',
		'insights',
		'choices',
		'settings',
		'consent',
		'retention',
		'releases',
		'ledger',
	],
);
