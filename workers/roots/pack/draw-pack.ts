import type { PackHeader } from '$lib/contracts';
import {
	ATTACKS,
	type CountNoise,
	firstList,
	type GuestHistory,
	HELD_OUT_OF,
	type Histories,
	type ItemWeights,
	itemWeights,
	packAndPopularity,
} from '$workers/models/item-pack';
import type { ModelPack } from '$workers/packs/pack';
import type { ExactNoise } from '$workers/privacy/noise/exact-noise';
import {
	boundedChoices,
	countStatistics,
	MOST_HOMES,
	noised,
	OF_MEMBERS,
	pairStep,
	type Pause,
	releasedAudit,
	releasedMeans,
	scaleOf,
	type Statistics,
	UNIT,
	varianceOf,
} from '$workers/privacy/pack';
import type { Books } from '$workers/table/bookings';
import { civilDay } from '$workers/table/civil';

/** Above this somebody who has the pack tells too well who went into it: it is not written. */
export const MOST_AUC = 0.55;

export interface PackWish {
	/** Thousandths. */
	readonly epsilon: number;
	readonly place: string;
	readonly version: number;
	/** UTC milliseconds. */
	readonly madeAt: number;
}

/**
 * A pack of what guests chose. All that is in it, and whether it may be written, follows from figures
 * that have noise already; nothing of it was looked at without (docs/model-pack.md).
 */
export async function drawPack(
	books: Books,
	{ guests, years }: Histories,
	wish: PackWish,
	noise: ExactNoise,
	pause?: Pause,
): Promise<ModelPack> {
	const homes = books.properties.count;
	const [members, heldOut] = [choicesOf(guests, false), choicesOf(guests, true)];
	const drawn = await noised(countStatistics(members, homes), wish.epsilon, noise, pause);
	const weights = itemWeights(drawn, noiseOf(wish.epsilon, drawn));
	const counted = Math.max(1, drawn.guests);
	const header: PackHeader = {
		format: 1,
		place: wish.place,
		version: wish.version,
		madeAt: wish.madeAt,
		kind: 'item-weights',
		engine: 'doorstep',
		privacy: {
			epsilon: wish.epsilon / 1_000,
			unit: 'guest',
			mechanism: 'discrete-laplace',
			mostHomes: MOST_HOMES,
		},
		counts: { guests: counted, stays: counted + Math.max(0, drawn.more), homes },
		schema: { unit: UNIT, ...partsOf() },
		metrics: metricsOf(weights, heldOut, wish.epsilon, noise),
		audit: auditOf(weights, members, heldOut, drawn, wish.epsilon, noise),
		provenance: { source: 'bookings', ...spanOf(books, years), sample: books.sample },
	};
	return { header, keys: books.properties.columns.key.values, ...weights, factors: null };
}

/** What may be written: the attack told members from others hardly better than a coin. */
export const passes = ({ audit }: PackHeader): boolean => audit !== null && audit.auc <= MOST_AUC;

/** How far counts drawn at this epsilon, in thousandths, may be off. */
export function noiseOf(epsilon: number, drawn: Statistics): CountNoise {
	const of = (part: number) => varianceOf(scaleOf(UNIT, epsilon, part));
	return {
		chosen: of(OF_MEMBERS.chosen),
		also: of(OF_MEMBERS.also),
		next: of(OF_MEMBERS.next),
		unit: UNIT,
		pair: pairStep(drawn),
	};
}

export const choicesOf = (guests: readonly GuestHistory[], heldOut: boolean) =>
	guests.filter((guest) => guest.heldOut === heldOut).map(({ homes }) => boundedChoices(homes));

/** What each guest's epsilon was spent on, in hundredths. */
const partsOf = (): Record<string, number> =>
	Object.fromEntries(Object.entries(OF_MEMBERS).map(([name, part]) => [`part.${name}`, part]));

/** One figure alone: each more would need more noise on all. */
function metricsOf(
	weights: ItemWeights,
	heldOut: readonly (readonly number[])[],
	epsilon: number,
	noise: ExactNoise,
): PackHeader['metrics'] {
	const figures = heldOut
		.map(firstList)
		.filter((question) => question !== null)
		.map((question) => {
			const { pack, popularity } = packAndPopularity(weights, question);
			return [pack.ndcg10, popularity.ndcg10];
		});
	const { guests, means, standardErrors } = releasedMeans(figures, 2, epsilon, noise);
	return [
		{
			name: 'ndcg10',
			pack: means[0] as number,
			popularity: means[1] as number,
			exact: null,
			guests,
			standardError: Math.max(...standardErrors),
		},
	];
}

function auditOf(
	weights: ItemWeights,
	members: readonly (readonly number[])[],
	heldOut: readonly (readonly number[])[],
	drawn: Statistics,
	epsilon: number,
	noise: ExactNoise,
): PackHeader['audit'] {
	const counted = Math.max(1, drawn.guests);
	// Held out by lot: how many they are follows from how many the others are, up to chance.
	const others = Math.max(1, Math.round(counted / (HELD_OUT_OF - 1)));
	const attacks = ATTACKS.map(({ name, score }) => ({
		attack: name,
		members: members.map((homes) => score(weights, homes)),
		others: heldOut.map((homes) => score(weights, homes)),
	}));
	return releasedAudit(attacks, counted, others, epsilon, noise);
}

/** Whole years: the very first and last day would be somebody's. */
function spanOf({ asOf }: Books, years: readonly number[]): { from: number; to: number } {
	const [first = 1970, last = 1970] = [years[0], years.at(-1)];
	return { from: civilDay(first, 1, 1), to: Math.min(asOf - 1, civilDay(last + 1, 1, 1) - 1) };
}
