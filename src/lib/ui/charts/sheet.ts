/** A chart's numbers as a table, already in words. */
export interface Sheet {
	readonly columns: readonly { readonly name: string; readonly numeric?: boolean }[];
	readonly rows: readonly (readonly string[])[];
}
