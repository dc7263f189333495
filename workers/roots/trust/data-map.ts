import type { DataMap, DataMapApi } from '$lib/contracts';
import { inventory } from '$workers/data/inventory';
import type { Repositories } from '$workers/data/repositories';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. What is said of each field is loaded when somebody asks. */
export function dataMapOf({ here }: Storehouse): Behind<DataMapApi> {
	return {
		dataMap: async () => drawn(await here()),
	};
}

async function drawn(repositories: Repositories): Promise<DataMap> {
	const { readersOf, TABLE_FIELDS } = await import('$workers/data/declared');
	const { standingModels } = await import('$workers/data/standing-models');
	const stored = await inventory(repositories);
	return {
		tables: stored.map((table) => ({
			...table,
			fields: TABLE_FIELDS[table.name],
			readers: readersOf(table.name),
		})),
		models: await standingModels(repositories),
		countedAt: Date.now(),
	};
}
