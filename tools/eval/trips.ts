import { seededRandom } from '$workers/math/random';
import { type Evaluation, EvaluationError, type Options, type Task } from './evaluation';
import { readCity } from './trips/city';
import { BASE, nextPlaces } from './trips/next-place';
import { type RouteFigures, routes } from './trips/routes';
import { openSequenceDevice } from './trips/sequence-device';

const USUAL = { seed: 1, trainings: 3, epochs: 60 };

/** Which place comes next on a trip; see `docs/models/recommender.md`. */
export const trips: Task = {
	required: ['visits', 'places'],
	optional: ['seed', 'trainings', 'epochs'],
	async run({ visits = '', places = '', ...given }: Options): Promise<Evaluation> {
		const seed = readWhole(given, 'seed');
		const trainings = readWhole(given, 'trainings');
		const epochs = readWhole(given, 'epochs');
		const city = readCity(visits, places);
		const started = performance.now();
		const device = await openSequenceDevice();
		try {
			const next = await nextPlaces({
				city,
				device,
				random: seededRandom(seed),
				trainings,
				epochs,
			});
			const whole = routes(city);
			const seconds = (performance.now() - started) / 1000;
			return {
				figures: {
					next: next.comparison.all(BASE),
					weights: next.weights,
					routes: whole.figures,
					rows: next.questions,
					seconds,
					seed,
				},
				table: [
					`${city.places.length} places, ${city.trips.length} trips; ${next.questions} next places of ${next.trips} trips of ${next.people} people; in brackets: beside the ${BASE}, paired, errors by person`,
					...next.comparison.lines(BASE),
					...Object.entries(next.weights).map(([name, weights]) => weightsLine(name, weights)),
					`${whole.asked} routes guessed from start, end and length:`,
					...Object.entries(whole.figures).map(([name, figures]) => routeLine(name, figures)),
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

function routeLine(name: string, figures: RouteFigures): string {
	const told = Object.entries(figures).map(
		([figure, { mean, standardError }]) =>
			`${figure} ${mean.toFixed(3)} ± ${standardError.toFixed(3)}`,
	);
	return `${name.padEnd(28)} ${told.join('   ')}`;
}

function readWhole(given: Options, name: keyof typeof USUAL): number {
	const text = given[name];
	if (text === undefined) return USUAL[name];
	if (!/^[1-9]\d{0,8}$/.test(text)) throw new EvaluationError(`--${name} is a whole number`);
	return Number(text);
}
