import type { PackTrial } from '$lib/contracts';
import type { ProfileDatabase } from '$workers/data/database';
import type { ModelPack } from '$workers/packs/pack';

export function trialOf(
	_database: ProfileDatabase,
	_before: ModelPack | null,
	_after: ModelPack,
): Promise<PackTrial> {
	return Promise.resolve({ acts: 0, before: null, after: null });
}
