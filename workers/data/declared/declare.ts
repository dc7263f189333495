import type { FieldClass, FieldDeclaration } from '$lib/contracts';

/** What is said of each field: how delicate it is, and one sentence. */
export type Told<Name extends string> = Readonly<Record<Name, readonly [FieldClass, string]>>;

/** The fields of one store, in order. Its type is that of the stored columns: none can be forgotten. */
export const declare = <Name extends string>(told: Told<Name>): readonly FieldDeclaration[] =>
	Object.entries<readonly [FieldClass, string]>(told).map(([name, [fieldClass, says]]) => ({
		name,
		class: fieldClass,
		says,
	}));

/** Says of a row where it stands. */
export const SEQUENCE = ['internal', 'The row’s number; never given twice.'] as const;
export const HASH_OF_ROW = [
	'internal',
	'Half of a hash of the row in its file, so that opening a file again adds nothing twice.',
] as const;
