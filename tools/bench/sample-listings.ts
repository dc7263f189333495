import Papa from 'papaparse';
import { sampleTown } from '$workers/sample';

/** Long text that an import leaves out, as the real files have it. */
const DESCRIPTION = 'A place of its own, near all that one needs, "quiet" at night. '.repeat(12);

/** A listings file of so many homes of the sample town, in the columns of Inside Airbnb. */
export function sampleListings(homes: number): string {
	const { columns } = sampleTown({ seed: 'bench', homes }).homes;
	const amenitiesOf = (row: number) =>
		Array.from(
			columns.amenities.items.subarray(
				columns.amenities.starts[row],
				columns.amenities.starts[row + 1],
			),
			(item) => columns.amenities.names[item],
		);
	return Papa.unparse(
		Array.from({ length: homes }, (_, row) => ({
			id: row + 1,
			name: columns.title.values[row],
			description: DESCRIPTION,
			host_id: columns.host.values[row],
			neighbourhood_cleansed:
				columns.neighbourhood.names[columns.neighbourhood.codes[row] as number],
			latitude: columns.latitude.values[row],
			longitude: columns.longitude.values[row],
			property_type: columns.property_type.names[columns.property_type.codes[row] as number],
			room_type: columns.room_type.names[columns.room_type.codes[row] as number],
			accommodates: columns.guests.values[row],
			bedrooms: columns.bedrooms.values[row],
			amenities: JSON.stringify(amenitiesOf(row)),
			price: `$${columns.price.values[row]?.toFixed(2)}`,
			number_of_reviews: columns.reviews.values[row],
		})),
	);
}
