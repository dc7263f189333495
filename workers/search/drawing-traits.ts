import type { DrawingTraits } from '$lib/contracts';
import { itemsAt, nameAt } from '$workers/table/column';
import { type HomeTable, values } from '$workers/table/homes';

const CABIN =
	/\b(?:cabin|chalet|cottage|hut|tent|campsite|camper|yurt|dome|treehouse|barn|farm|tiny|earthen|boat)\b/i;
const TERRACED = /\b(?:townhouse|row ?house|terraced)\b/i;
const DETACHED = /\b(?:home|house|villa|bungalow|guesthouse|casa particular)\b/i;
const WATER = /\b(?:waterfront|beachfront|lakefront|beach access|lake access|boat slip)\b/i;
const SETTINGS = [
	[
		'coast',
		/\b(?:beach|sea|ocean|bay|harbou?r|marina)\b.*\b(?:access|view|front)\b|\b(?:seaside|beachfront)\b/i,
	],
	['hills', /\b(?:mountain|valley|hill) view\b|\bski-in\b/i],
	['downtown', /\b(?:downtown|skyline|city cent(?:er|re)|financial district)\b/i],
	['park', /\b(?:park|garden|courtyard) view\b/i],
] as const;

/** What a home's drawing is made of: its attributes alone, so it is the same drawing for everyone. */
export function drawingTraits(homes: HomeTable, row: number): DrawingTraits {
	const { property_type, neighbourhood, title, amenities } = homes.columns;
	const bedrooms = values(homes, 'bedrooms')[row] as number;
	const kind = nameAt(property_type, row);
	const words = title.values[row] ?? '';
	const has = Array.from(itemsAt(amenities, row), (item) => amenities.names[item] ?? '');
	const any = (pattern: RegExp) => has.some((name) => pattern.test(name));
	const floor = floorInTitle(words);
	const setting = SETTINGS.find(
		([, pattern]) =>
			any(pattern) || pattern.test(words) || pattern.test(nameAt(neighbourhood, row)),
	);
	return {
		type: typeOf(kind, words, bedrooms),
		...(Number.isFinite(bedrooms) ? { bedrooms } : {}),
		...(floor === undefined ? {} : { floor }),
		balcony: any(/\bbalcony\b/i) || /\b(?:balcony|terrace)\b/i.test(words),
		garden: any(/\b(?:backyard|garden)\b/i),
		lift: any(/\b(?:elevator|lift)\b/i),
		waterfront: any(WATER) || WATER.test(words) || /\bboat\b/i.test(kind),
		...(setting ? { setting: setting[0] } : {}),
	};
}

function typeOf(kind: string, title: string, bedrooms: number): DrawingTraits['type'] {
	if (CABIN.test(kind)) return 'cabin';
	if (TERRACED.test(kind)) return 'terraced';
	if (/\bloft\b/i.test(kind)) return 'loft';
	if (DETACHED.test(kind)) return 'detached';
	return bedrooms === 0 || /\bstudio\b/i.test(title) ? 'studio' : 'flat';
}

/** The first floor is the ground floor, as where Inside Airbnb's titles count from. */
function floorInTitle(title: string): number | undefined {
	if (/\b(?:ground floor|garden level|basement)\b/i.test(title)) return 0;
	const number = /\b(\d{1,2})(?:st|nd|rd|th)[ -]fl(?:oor|r)\b/i.exec(title)?.[1];
	if (number) return Math.max(0, Number(number) - 1);
	return /\b(?:penthouse|top floor)\b/i.test(title) ? 6 : undefined;
}
