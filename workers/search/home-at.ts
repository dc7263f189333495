import type { CatalogueSummary, Home } from '$lib/contracts';
import { itemsAt, nameAt } from '$workers/table/column';
import { type HomeTable, values } from '$workers/table/homes';
import { drawingTraits } from './drawing-traits';

type NumberName = Parameters<typeof values>[1];

/** One home of a catalogue as pages show it. @param hostHomes homes of its host in the catalogue */
export function homeAt(
	homes: HomeTable,
	row: number,
	property: number,
	{ currency, period }: Pick<CatalogueSummary, 'currency' | 'period'>,
	hostHomes: number,
): Home {
	const { key, title, neighbourhood, property_type, room_type, amenities } = homes.columns;
	const number = (name: NumberName) => values(homes, name)[row] as number;
	return {
		property,
		key: key.values[row] ?? '',
		title: title.values[row] ?? '',
		neighbourhood: nameAt(neighbourhood, row),
		propertyType: nameAt(property_type, row),
		roomType: nameAt(room_type, row),
		guests: number('guests'),
		bedrooms: number('bedrooms'),
		beds: number('beds'),
		bathrooms: number('bathrooms'),
		price: { amount: number('price'), currency, period },
		minimumNights: number('minimum_nights'),
		latitude: number('latitude'),
		longitude: number('longitude'),
		amenities: Array.from(itemsAt(amenities, row), (item) => amenities.names[item] ?? ''),
		rating: decimal(number('rating')),
		reviews: number('reviews'),
		hostHomes,
		listedOn: number('listed_on'),
		drawing: drawingTraits(homes, row),
	};
}

/** Takes back what 32 bits made of a rating: 4.56 is stored as 4.559999942779541. */
const decimal = (value: number) => Math.round(value * 1000) / 1000;
