import { type HomeTable, values } from '$workers/table/homes';
import { FaultError } from './fault';

const EARTH_RADIUS = 6371;
/** Two catalogues whose middles lie farther apart than this are of different places. */
const SAME_PLACE_KILOMETRES = 60;

/** Asks before a catalogue of one city takes the place of another's. */
export function requireSamePlace(old: HomeTable, fresh: HomeTable): void {
	const apart = kilometres(middle(old), middle(fresh));
	if (apart <= SAME_PLACE_KILOMETRES) return;
	throw new FaultError({
		name: 'OtherPlace',
		message: `These homes are about ${Math.round(apart).toLocaleString('en')} km from the ones you have.`,
		kept: `Your catalogue of ${old.count.toLocaleString('en')} homes and all that you saved, as before.`,
		next: 'Open it instead of the old one, or keep what you have.',
	});
}

type Point = readonly [latitude: number, longitude: number];

function middle(homes: HomeTable): Point {
	return [median(values(homes, 'latitude')), median(values(homes, 'longitude'))];
}

function median(numbers: ArrayLike<number>): number {
	const sorted = Float64Array.from(numbers).sort();
	return sorted[sorted.length >> 1] ?? 0;
}

/** Great-circle distance (haversine). */
function kilometres([latitude1, longitude1]: Point, [latitude2, longitude2]: Point): number {
	const radians = Math.PI / 180;
	const half =
		Math.sin(((latitude2 - latitude1) * radians) / 2) ** 2 +
		Math.cos(latitude1 * radians) *
			Math.cos(latitude2 * radians) *
			Math.sin(((longitude2 - longitude1) * radians) / 2) ** 2;
	return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
}
