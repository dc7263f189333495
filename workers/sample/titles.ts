import type { Random } from '$workers/math/random';
import { type AmenityBits, has } from './amenities';
import { pick } from './draw';
import type { Build, KindName } from './kinds';
import type { Neighbourhood } from './town';

const COUNTS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'];
const FLOORS = ['ground', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];
const LOFTS = [
	'in a former mill',
	'in the old dye works',
	'above the printing house',
	'in a sail loft',
];

const NOUNS: Readonly<Record<KindName, string>> = {
	Studio: 'studio',
	Flat: 'flat',
	'Terraced house': 'terraced house',
	'Detached house': 'house',
	Loft: 'loft',
	Cabin: 'cabin',
};

/** A short title that is true of the home: "Two-bed flat, fourth floor". */
export function drawTitle(
	build: Build,
	amenities: AmenityBits,
	neighbourhood: Neighbourhood,
	random: Random,
): string {
	const ending = drawEnding(build, amenities, neighbourhood, random);
	const home = sizeAndNoun(build);
	return build.room ? `Room in a ${home.toLowerCase()}${ending}` : `${home}${ending}`;
}

function sizeAndNoun({ kind, bedrooms }: Build): string {
	const noun = NOUNS[kind];
	return bedrooms === 0 ? capital(noun) : `${COUNTS[bedrooms]}-bed ${noun}`;
}

function drawEnding(
	build: Build,
	amenities: AmenityBits,
	{ nearby }: Neighbourhood,
	random: Random,
): string {
	const way = random.next();
	if (way < 0.3) return ` ${pick(nearby, random)}`;
	if (build.kind === 'Loft' && way < 0.75) return ` ${pick(LOFTS, random)}`;
	if (way < 0.55) {
		const feature = featureOf(amenities);
		if (feature) return ` ${feature}`;
	}
	if (build.floor >= 0 && way < 0.92) return `, ${FLOORS[build.floor]} floor`;
	return '';
}

/** The one thing that a person would say first. */
function featureOf(amenities: AmenityBits): string | undefined {
	if (has(amenities, 'Sea view')) return 'with a view of the sea';
	if (has(amenities, 'Waterfront')) return 'on the water';
	if (has(amenities, 'Roof terrace')) return 'with a roof terrace';
	if (has(amenities, 'Garden')) return 'with a garden';
	if (has(amenities, 'Balcony')) return 'with a balcony';
	if (has(amenities, 'Fireplace')) return 'with a fireplace';
	return undefined;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
