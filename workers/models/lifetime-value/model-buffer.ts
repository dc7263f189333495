import { boostedTreesFrom } from '$workers/learners/boosted-trees';
import { FittedPurchases, FittedSpend } from '$workers/learners/lifetime';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';
import type { BuyerRecipe } from './buyers';
import type { Level } from './level';
import type { LifetimeModel } from './model';

/** What is not an array. */
interface Facts {
	readonly day: number;
	readonly kept: number;
	readonly levels: { readonly purchases: Level; readonly spend: Level };
	readonly parts: readonly { readonly recipe: BuyerRecipe; readonly weight: number }[];
	/** 0 where there are no trees. */
	readonly treeDays: number;
}

const LEARNER = 'lifetime-value';

/** The model as one buffer: those of its parts, and its facts as JSON. */
export function lifetimeToBuffer(model: LifetimeModel): ArrayBuffer {
	const { average, leaving, trees, day, kept } = model;
	const arrays: Record<string, Uint8Array> = { leaving: new Uint8Array(leaving.toBuffer()) };
	average.parts.forEach(({ model: part }, i) => {
		arrays[`purchases-${i}`] = new Uint8Array(part.purchases.toBuffer());
		arrays[`amounts-${i}`] = new Uint8Array(part.amounts.toBuffer());
	});
	if (trees) arrays['trees'] = new Uint8Array(trees.fitted.toBuffer());
	const facts: Facts = {
		day,
		kept,
		levels: average.levels,
		parts: average.parts.map(({ model: { recipe }, weight }) => ({ recipe, weight })),
		treeDays: trees?.days ?? 0,
	};
	return encodeTensors({ arrays, metadata: { model: LEARNER, facts: JSON.stringify(facts) } });
}

/** The inverse. A RangeError where the bytes are not of this model. */
export function lifetimeFromBuffer(buffer: ArrayBuffer): LifetimeModel {
	const { arrays, metadata } = decodeTensors(buffer);
	if (metadata['model'] !== LEARNER)
		throw new RangeError('the bytes are not those of a lifetime value model');
	const facts = JSON.parse(metadata['facts'] ?? '') as Facts;
	const part = (name: string): ArrayBuffer => {
		const bytes = arrays[name];
		if (!(bytes instanceof Uint8Array))
			throw new RangeError(`lifetime value model: ${name} is missing`);
		return bytes.slice().buffer;
	};
	return {
		day: facts.day,
		kept: facts.kept,
		leaving: FittedPurchases.from(part('leaving')),
		average: {
			levels: facts.levels,
			parts: facts.parts.map(({ recipe, weight }, i) => ({
				weight,
				model: {
					recipe,
					purchases: FittedPurchases.from(part(`purchases-${i}`)),
					amounts: FittedSpend.from(part(`amounts-${i}`)),
				},
			})),
		},
		trees: facts.treeDays
			? { days: facts.treeDays, fitted: boostedTreesFrom(part('trees')) }
			: undefined,
	};
}
