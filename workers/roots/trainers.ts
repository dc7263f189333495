import type { AnswerOf, InsightModel } from '$lib/contracts';
import type { Run } from '$workers/learners/contract';
import type { Trained } from '$workers/models/trained';
import type { Books } from '$workers/table/bookings';

type Trainer<Answer> = (books: Books, run: Run) => Promise<Trained<Answer>>;

/** Where each model is trained; its code is loaded when it is first needed. */
export const TRAINERS: {
	readonly [Model in InsightModel]: () => Promise<Trainer<AnswerOf[Model]>>;
} = {
	revenue: async () => (await import('$workers/models/revenue')).trainRevenue,
	demand: async () => (await import('$workers/models/demand')).trainDemand,
	conversion: async () => (await import('$workers/models/conversion')).trainConversion,
	cancellation: async () => (await import('$workers/models/conversion')).trainCancellation,
	price: async () => (await import('$workers/models/pricing')).trainPrice,
	'lifetime-value': async () => (await import('$workers/models/lifetime-value')).trainLifetimeValue,
};
