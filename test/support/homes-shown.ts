import type { FeatureGroup, FeatureName, Home } from '$lib/contracts';

/** A home as a page shows it, invented; name only what the test is about. */
export function shownHome(more: Partial<Home> = {}): Home {
	return {
		property: 1,
		key: 'sample:1',
		title: '',
		neighbourhood: 'Juniper Hill',
		propertyType: 'Flat',
		roomType: 'Entire home',
		guests: 4,
		bedrooms: 2,
		beds: 2,
		bathrooms: 1,
		price: { amount: 1740, currency: 'USD', period: 'month' },
		minimumNights: 2,
		latitude: 42.3,
		longitude: -71.1,
		amenities: ['Heating', 'Lift', 'Balcony'],
		rating: 4.7,
		reviews: 38,
		hostHomes: 1,
		listedOn: 20_585,
		drawing: { type: 'flat', bedrooms: 2, floor: 4, floors: 6 },
		...more,
	};
}

/** A feature by its group and value. */
export function feature(
	group: FeatureGroup,
	value = '',
	bounds: { readonly from?: number; readonly to?: number } = {},
): FeatureName {
	return { key: `${group}:${value}`, group, value, ...bounds };
}
