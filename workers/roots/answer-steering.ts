import type { Settings, SteeringApi } from '$lib/contracts';
import type { StoredCatalogue } from '$workers/data/catalogue';
import type { Behind } from '$workers/door/expose';
import { seededRandom } from '$workers/math/random';
import type { PersonalTaste } from '$workers/models/recommender';

/** So many homes are looked at: a few screens. */
const LISTED = 100;
const SEED = 1;

interface Here {
	readonly catalogue: StoredCatalogue;
	readonly taste: PersonalTaste;
}

/** Part of the scoring worker: does the list steer towards or away from neighbourhoods? */
export function answerSteering<Scorer extends Here>(
	current: (now: number) => Promise<Scorer>,
	hidden: (scorer: Scorer) => Promise<number[]>,
	settings: () => Promise<Settings>,
): Behind<SteeringApi> {
	return {
		async steering(now) {
			const [scorer, { novelty, variety }] = [await current(now), await settings()];
			const { steeringOf } = await import('$workers/models/recommender/steering');
			const { catalogue, taste } = scorer;
			const rows = await hidden(scorer);
			const { homes } = taste.forYou({ count: LISTED, variety, novelty, now, seed: SEED }, rows);
			const { own, ...parts } = taste.sources(now);
			const { codes, names } = catalogue.homes.columns.neighbourhood;
			return steeringOf(
				{
					neighbourhoods: codes,
					names,
					own,
					parts,
					hidden: new Set(rows),
					list: homes.map(({ row }) => row),
					noise: taste.model.settings.noise,
					acts: taste.learnedFrom,
				},
				seededRandom(SEED),
			);
		},
	};
}
