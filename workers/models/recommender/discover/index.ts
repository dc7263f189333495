import type { AlikeHome, Discovered, DiscoverRequest, RememberedAct } from '$lib/contracts';
import type { HomeTable } from '$workers/table/homes';
import type { CatalogueModel } from '../catalogue-model';
import type { OwnStay } from '../others';
import type { PersonalTaste } from '../personal-taste';
import { type AlikeRow, alikeTo } from './alike';
import { becauseRows, untwinned } from './because';
import { rankGuides } from './guides';
import { Likeness } from './likeness';
import { nextPlaces } from './next-places';
import { Places } from '$workers/table/places';
import { resumeOf } from './resume';
import { wantedHomes } from './trail';

const SIMILAR = 12;
/** How wanted a home is that was saved, where one that was written about counts 1. */
const SAVED_WEIGHT = 0.8;

/** What hangs on the catalogue alone. */
interface Ground {
	readonly likeness: Likeness;
	readonly places: Places;
}

const grounds = new WeakMap<CatalogueModel, Ground>();

/** A person's taste over a catalogue, and what it is told with. */
export interface DiscoverSources {
	readonly homes: HomeTable;
	readonly properties: Uint32Array;
	readonly rowOf: ReadonlyMap<number, number>;
	readonly taste: PersonalTaste;
	/** Saved and dismissed homes, by their numbers. */
	readonly settled: ReadonlySet<number>;
}

/** Everything beside the list, from one look at the taste. */
export function discover(
	sources: DiscoverSources,
	acts: readonly RememberedAct[],
	request: DiscoverRequest,
): Omit<Discovered, 'milliseconds'> {
	const { homes, rowOf, settled, taste } = sources;
	const others = taste.others ?? undefined;
	const { guides, listed, now, seed, visit } = request;
	const { likeness, places } = groundOf(sources);
	const wanted = wantedHomes(acts);
	const fits = taste.fits(now);
	const hidden = new Set(
		[...settled, ...listed, ...wanted.map(({ property }) => property)].flatMap(
			(property) => rowOf.get(property) ?? [],
		),
	);
	const because = becauseRows({
		wanted,
		rowOf: (property) => rowOf.get(property),
		alike: (row) => alikeTo(row, likeness, others, now),
		fits,
		titleOf: titleIn(homes),
		hidden,
	});
	const history = wanted.flatMap(({ act, instant, property }): OwnStay[] => {
		const row = rowOf.get(property);
		return row === undefined
			? []
			: [{ row, instant, weight: act === 'enquire' ? 1 : SAVED_WEIGHT }];
	});
	return {
		because: because.map(({ homes: alike, wanted: { act, property } }) => ({
			property,
			act,
			homes: told(sources, rowOf.get(property) as number, alike),
		})),
		next: nextPlaces({
			places,
			codes: homes.columns.neighbourhood.codes,
			history,
			fits,
			hidden,
			others,
			propertyOf: (row) => sources.properties[row] as number,
		}),
		resume: resumeOf(acts, visit, settled),
		guides: rankGuides(guides, (tag) => taste.leaning(tag, now), seed),
	};
}

/** Homes like one, those that were dismissed left out, and no title twice. */
export function similarHomes(
	sources: DiscoverSources,
	property: number,
	dismissed: ReadonlySet<number>,
	now: number,
): readonly AlikeHome[] {
	const { homes, properties, rowOf, taste } = sources;
	const row = rowOf.get(property);
	if (row === undefined) return [];
	const titleOf = titleIn(homes);
	const near = alikeTo(row, groundOf(sources).likeness, taste.others ?? undefined, now).filter(
		(other) => !dismissed.has(properties[other.row] as number),
	);
	const alike = untwinned(near, new Set([titleOf(row)]), titleOf).slice(0, SIMILAR);
	return told(sources, row, alike);
}

function told(
	sources: DiscoverSources,
	row: number,
	alike: readonly AlikeRow[],
): readonly AlikeHome[] {
	const { likeness } = groundOf(sources);
	return alike.map(({ also, row: other }) => ({
		property: sources.properties[other] as number,
		shared: likeness.shared(row, other),
		also,
	}));
}

function groundOf({ homes, taste: { model } }: DiscoverSources): Ground {
	const known = grounds.get(model);
	if (known) return known;
	const made = { likeness: new Likeness(model), places: new Places(homes) };
	grounds.set(model, made);
	return made;
}

const titleIn = (homes: HomeTable) => (row: number) =>
	(homes.columns.title.values[row] ?? '').trim().toLowerCase();
