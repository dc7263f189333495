import type { BringTable, FileLook, Mapping } from '$lib/contracts/bring';

/** Of bookings: beside the required fields one of each of these. */
const EITHER: Partial<Record<BringTable, readonly (readonly string[])[]>> = {
	bookings: [
		['departs_on', 'nights'],
		['nightly_price', 'total'],
	],
	daily: [['price', 'let', 'available']],
};

/** Fields that a table still needs, each as the names of those of which one is enough. */
export function missingFields(look: FileLook, mapping: Mapping): (readonly string[])[] {
	const matched = (field: string): boolean => (mapping.columns[field]?.length ?? 0) > 0;
	const required = look.fields[mapping.table]
		.filter((rule) => rule.required)
		.map(({ field }) => [field]);
	return [...required, ...(EITHER[mapping.table] ?? [])].filter((any) => !any.some(matched));
}

/** A field matched to columns, or to none; a column that is read as a field is no extra any more. */
export function withField(mapping: Mapping, field: string, columns: readonly string[]): Mapping {
	const rest = Object.fromEntries(
		Object.entries(mapping.columns).filter(([name]) => name !== field),
	);
	return {
		...mapping,
		columns: columns.length ? { ...rest, [field]: columns } : rest,
		extras: mapping.extras.filter((extra) => !columns.includes(extra)),
	};
}

/** The same columns for another kind of table: fields that both have stay matched. */
export function withTable(look: FileLook, mapping: Mapping, table: BringTable): Mapping {
	const known = new Set(look.fields[table].map(({ field }) => field));
	const columns = Object.fromEntries(
		Object.entries(mapping.columns).filter(([field]) => known.has(field)),
	);
	return { ...mapping, table, columns };
}

/** How many of the file's columns are read. */
export function columnsRead({ columns, extras }: Mapping): number {
	return new Set([...Object.values(columns).flat(), ...extras]).size;
}
