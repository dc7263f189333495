import { store } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type { FeatureView } from '$lib/contracts';
import { Resource } from '../resource.svelte';

/** Definitions, freshness and distributions of the three feature tables. */
export const featureStore = new Resource(
	() => store.ask('featureStore'),
	['books', 'profile', 'insights'],
);

/** Who stayed where, how often, as a Parquet file: for Spark. */
export async function saveGuestHomes(): Promise<void> {
	await saveBlob(await store.ask('exportGuestHomes'), 'guest_homes.parquet', 'features');
}

/** A feature table as a Parquet file, for whatever reads one. */
export async function saveFeatures(table: FeatureView['table']): Promise<void> {
	const file = await store.ask('exportFeatures', table);
	await saveBlob(file, `${table}.parquet`, 'features');
}
