import type { PackTrial } from '$lib/contracts';
import { ActRepository } from '$workers/data/acts';
import { CatalogueRepository } from '$workers/data/catalogue';
import type { ProfileDatabase } from '$workers/data/database';
import { ENCODER, ModelRepository } from '$workers/data/models';
import { SeekerRepository } from '$workers/data/seekers';
import { TasteEditRepository } from '$workers/data/taste-edits';
import { catalogueModel } from '$workers/models/recommender';
import { readLooks } from '$workers/models/recommender/looks';
import { othersFromPack } from '$workers/models/recommender/others-from-pack';
import { replayPack } from '$workers/models/recommender/pack-replay';
import type { ModelPack } from '$workers/packs/pack';

/** How both packs do on the acts of whoever's search goes on now; `before` may be none. */
export async function trialOf(
	database: ProfileDatabase,
	before: ModelPack | null,
	after: ModelPack,
): Promise<PackTrial> {
	const stored = await new CatalogueRepository(database).read('recommend');
	if (!stored) return { acts: 0, before: null, after: null };
	const { homes, properties, summary } = stored;
	const { current: seeker } = await new SeekerRepository(database).read('show');
	const { acts } = await new ActRepository(database).since(0, 'recommend');
	const rowOf = new Map(Array.from(properties, (property, row) => [property, row]));
	const own = acts.flatMap((act) => {
		const row = rowOf.get(act.property);
		return act.consent && act.seeker === seeker && row !== undefined ? [{ ...act, row }] : [];
	});
	const edits = await new TasteEditRepository(database).all('recommend', seeker);
	const encoder = await new ModelRepository(database).read(ENCODER, 'recommend');
	const usable = encoder?.version === summary.version ? encoder : null;
	const model = catalogueModel(homes, usable ? { embeddings: readLooks(usable.buffer) } : {});
	const keys = homes.columns.key.values;
	return replayPack(
		model,
		own,
		edits,
		before && othersFromPack(before, keys),
		othersFromPack(after, keys),
	);
}
