const TABLES: Readonly<Record<string, string>> = {
	dim_property: 'Catalogue',
	dictionary: 'Numbers of the homes',
	interaction: 'Your acts',
	interaction_note: 'Your searches',
	taste_edit: 'Your corrections',
	model: 'Models',
	setting: 'Settings',
	ledger: 'Ledger',
};

/** A table as a person knows it; its own name where there is no other. */
export function tableWords(name: string): string {
	return TABLES[name] ?? name;
}
