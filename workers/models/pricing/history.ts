import type { Random } from '$workers/math/random';
import type { Panel } from './panel';
import { type Situations, situations, usesBooks } from './situations';

/** What came of each look at a night that was free then. */
export interface History {
	readonly looks: Situations;
	/** Let in the end (0 or 1), or arrivals counted. */
	readonly outcomes: Float64Array;
	/** Place in the panel. */
	readonly place: Uint32Array;
}

/** Days from a look to the night. */
const LOOKS = [1, 3, 7, 14, 30, 60];
const LOOKS_A_NIGHT = 2;
const MOST = 60_000;

/** Some looks at every past night whose price is known; fewer where there are very many nights. */
export function historyOf(panel: Panel, random: Random): History {
	const share = Math.min(1, MOST / (pastNights(panel) * LOOKS_A_NIGHT));
	return collect(panel, (property, day, add) => {
		for (let i = 0; i < LOOKS_A_NIGHT; i++) {
			const ahead = LOOKS[random.integer(LOOKS.length)] as number;
			if (random.next() < share && isFree(panel, property, day, ahead)) add(ahead);
			if (!usesBooks(panel)) break;
		}
	});
}

/** One look at each past night, from as far as prices are set: for judging prices. */
export function earlyLooks(panel: Panel): History {
	const furthest = LOOKS.at(-1) as number;
	return collect(panel, (property, day, add) => {
		if (isFree(panel, property, day, furthest)) add(furthest);
	});
}

/** Every night to come, as it stands now. */
export function comingNights(panel: Panel, days: number): Situations {
	const property: number[] = [];
	const day: number[] = [];
	const ahead: number[] = [];
	for (let of = 0; of < panel.properties; of++)
		for (let coming = 0; coming < days; coming++) {
			property.push(of);
			day.push(panel.known + coming);
			ahead.push(coming + 1);
		}
	return situations(property, day, ahead);
}

function collect(
	panel: Panel,
	visit: (property: number, day: number, add: (ahead: number) => void) => void,
): History {
	const property: number[] = [];
	const day: number[] = [];
	const ahead: number[] = [];
	for (let of = 0; of < panel.properties; of++)
		for (let past = 0; past < panel.known; past++) {
			if (!((panel.price[of * panel.days + past] as number) > 0)) continue;
			visit(of, past, (from) => {
				property.push(of);
				day.push(past);
				ahead.push(from);
			});
		}
	const place = Uint32Array.from(property, (of, i) => of * panel.days + (day[i] as number));
	return {
		looks: situations(property, day, ahead),
		outcomes: Float64Array.from(place, (at) => panel.let[at] as number),
		place,
	};
}

function isFree(panel: Panel, property: number, day: number, ahead: number): boolean {
	if (!usesBooks(panel)) return true;
	const look = panel.first + day - ahead;
	return (panel.madeOn[property * panel.days + day] as number) > look;
}

function pastNights({ days, known, price, properties }: Panel): number {
	let count = 0;
	for (let property = 0; property < properties; property++)
		for (let day = 0; day < known; day++) if ((price[property * days + day] as number) > 0) count++;
	return count;
}
