import type { Random } from '$workers/math/random';
import type { PlantedAnomaly } from './anomalies';
import type { Market } from './market';
import type { Stay } from './simulate';

/** A second party for a home that is taken: through the partner site, whose calendar lagged. */
export function doubleBook(
	stays: readonly Stay[],
	planned: readonly PlantedAnomaly[],
	{ rows }: Market,
	random: Random,
) {
	const added: Stay[] = [];
	const anomalies: PlantedAnomaly[] = [];
	for (const { kind, from, to } of planned) {
		const candidates = stays.filter(
			({ arrivesOn, nights, cancelledOn, bookedOn }) =>
				arrivesOn >= from &&
				arrivesOn + nights <= to &&
				Number.isNaN(cancelledOn) &&
				bookedOn < arrivesOn,
		);
		const stay = candidates[random.integer(candidates.length)];
		const other = candidates.find(
			({ traveller, bookedOn }) =>
				stay && traveller !== stay.traveller && bookedOn < stay.arrivesOn,
		);
		if (!stay || !other) continue;
		const bookedOn = Math.max(stay.bookedOn, other.bookedOn) + 1;
		added.push({
			...stay,
			traveller: other.traveller,
			bookedOn,
			channel: 'partner site',
			comes: true,
		});
		anomalies.push({
			kind,
			from: stay.arrivesOn,
			to: stay.arrivesOn + stay.nights - 1,
			property: rows[stay.home] as number,
		});
	}
	return { stays: added, anomalies };
}
