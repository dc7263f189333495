import { expect, it } from 'vitest';
import { tableWords } from '$lib/ui/words/tables';
import { readersOf, TABLE_FIELDS } from '$workers/data/declared';
import { TABLE_RULES, type TableName } from '$workers/privacy/tables';

const TABLES = Object.keys(TABLE_RULES) as TableName[];

it.each(TABLES)('%s has fields, readers and a name, and is personal where a field is', (table) => {
	const fields = TABLE_FIELDS[table];
	expect(fields.length).toBeGreaterThan(0);
	for (const { says } of fields) expect(says).toMatch(/^[A-Z].*\.$/);
	const delicate = fields.some(
		(field) => field.class === 'personal' || field.class === 'sensitive',
	);
	expect(TABLE_RULES[table].personal).toBe(delicate);
	expect(readersOf(table).length).toBeGreaterThan(0);
	expect(tableWords(table)).not.toBe(table);
});
