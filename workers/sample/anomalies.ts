import { type Random, shuffle } from '$workers/math/random';

export type AnomalyKind =
	/** Three times as many arrivals, without a holiday. */
	| 'demand-surge'
	/** No booking comes in through the booking site. */
	| 'channel-outage'
	/** One home is offered at a tenth of its price. */
	| 'price-slip'
	/** Most guests who were to arrive cancel in the last days. */
	| 'cancellation-wave'
	/** One session opens one home hundreds of times within an hour. */
	| 'view-burst'
	/** No engagement was recorded. */
	| 'lost-tracking'
	/** Two stays in one home overlap. */
	| 'double-booking';

/** What was planted, so that a detector can be held against it. */
export interface PlantedAnomaly {
	readonly kind: AnomalyKind;
	/** Civil days, both included: of arrival, or of booking for an outage, or of the event. */
	readonly from: number;
	readonly to: number;
	/** The home concerned, a row of the home table; -1 where it is all of them. */
	readonly property: number;
}

const KINDS: readonly {
	readonly kind: AnomalyKind;
	readonly days: number;
	readonly one: boolean;
}[] = [
	{ kind: 'demand-surge', days: 4, one: false },
	{ kind: 'channel-outage', days: 4, one: false },
	{ kind: 'price-slip', days: 6, one: true },
	{ kind: 'cancellation-wave', days: 5, one: false },
	{ kind: 'view-burst', days: 1, one: true },
	{ kind: 'lost-tracking', days: 2, one: false },
	{ kind: 'double-booking', days: 21, one: true },
];
const YEAR = 365;
const MARGIN = 30;

/** Each kind once a year, each in weeks of its own, in order of time. */
export function planAnomalies(
	from: number,
	years: number,
	properties: ArrayLike<number>,
	random: Random,
): PlantedAnomaly[] {
	if (properties.length === 0) return [];
	const slot = Math.floor((YEAR - 2 * MARGIN) / KINDS.length);
	return Array.from({ length: Math.floor(years) }, (_, year) =>
		shuffle([...KINDS], random).map(({ kind, days, one }, i) => {
			const first = from + year * YEAR + MARGIN + i * slot + random.integer(slot - days);
			const property = one ? (properties[random.integer(properties.length)] as number) : -1;
			return { kind, from: first, to: first + days - 1, property };
		}),
	).flat();
}

export function ofKind(anomalies: readonly PlantedAnomaly[], kind: AnomalyKind): PlantedAnomaly[] {
	return anomalies.filter((anomaly) => anomaly.kind === kind);
}

export function covers(anomalies: readonly PlantedAnomaly[], day: number): boolean {
	return anomalies.some(({ from, to }) => day >= from && day <= to);
}
