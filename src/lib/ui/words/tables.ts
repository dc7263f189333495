const TABLES: Readonly<Record<string, string>> = {
	dim_property: 'Catalogue',
	dictionary: 'Numbers of the homes',
	interaction: 'Your acts',
	interaction_note: 'Your searches',
	taste_edit: 'Your corrections',
	seeker: 'Whom you search for',
	saved_search: 'Your saved searches',
	dim_managed_property: 'Homes you let',
	dim_user: 'Guests, without names',
	fact_booking_detail: 'Bookings',
	fact_booking_daily: 'Asked prices and let nights',
	fact_property_engagement: 'Looks at your homes',
	dim_holiday: 'Holidays of the bookings',
	feature_table: 'Features',
	run: 'Runs of models',
	choice: 'Your prices, rules and budget',
	model: 'Models',
	model_pack: 'What others’ choices teach',
	setting: 'Settings',
	consent: 'What you took back',
	release: 'Figures released',
	ledger: 'Ledger',
};

/** The tables by the names that the code has for them. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly string[];

/** A table as a person knows it; its own name where there is no other. */
export function tableWords(name: string): string {
	return TABLES[name] ?? name;
}
