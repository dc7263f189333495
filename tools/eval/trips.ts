import { seededRandom } from '$workers/math/random';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readCity } from './trips/city';
import { BASE, nextPlaces } from './trips/next-place';
import { openSequenceDevice } from './trips/sequence-device';

const DEFAULT_SEED = 1;

/** Which place comes next on a trip; see `docs/models/recommender.md`. */
export const trips: Task = {
	required: ['visits', 'places'],
	optional: ['seed'],
	async run({ visits = '', places = '', seed: text }: Options): Promise<Evaluation> {
		const seed = readSeed(text);
		const city = readCity(visits, places);
		const started = performance.now();
		const device = await openSequenceDevice();
		try {
			const next = await nextPlaces({ city, device, random: seededRandom(seed) });
			const seconds = (performance.now() - started) / 1000;
			return {
				figures: { next: next.comparison.all(BASE), weights: next.weights, seconds, seed },
				table: [
					`${city.places.length} places, ${city.trips.length} trips; ${next.questions} next places of ${next.trips} trips of ${next.people} people; in brackets: beside the ${BASE}, paired, errors by person`,
					...next.comparison.lines(BASE),
					...Object.entries(next.weights).map(([name, weights]) => weightsLine(name, weights)),
				],
			};
		} finally {
			device.close();
		}
	},
};

function weightsLine(name: string, weights: Readonly<Record<string, number>>): string {
	const told = Object.entries(weights).map(
		([feature, weight]) => `${feature} ${weight.toFixed(2)}`,
	);
	return `${name}: ${told.join(', ')}`;
}

function readSeed(text: string | undefined): number {
	if (text === undefined) return DEFAULT_SEED;
	if (!/^\d{1,9}$/.test(text)) throw new EvaluationError('--seed is a whole number');
	return Number(text);
}
