import type { Purpose } from '$lib/contracts';
import { admits, requirePurpose } from '$workers/privacy/purposes';
import type { TableName } from '$workers/privacy/tables';
import { readConsent } from './consents';
import type { ProfileDatabase } from './database';
import { countRead } from './reads';

/**
 * Every read of a table passes here first: the table must serve the purpose, and the person must not
 * have taken it back. Asked of the database each time, as another tab may have changed it.
 *
 * @throws PurposeDeniedError
 */
export async function allowRead(
	database: ProfileDatabase,
	table: TableName,
	purpose: Purpose,
): Promise<void> {
	requirePurpose(table, purpose, await readConsent(database));
	countRead(database, table, purpose);
}

/**
 * As `allowRead`, for a table that its purpose can do without: `false` where it was taken out by
 * itself. It is then to be read as empty.
 *
 * @throws PurposeDeniedError where the purpose as a whole was taken back
 */
export async function mayRead(
	database: ProfileDatabase,
	table: TableName,
	purpose: Purpose,
): Promise<boolean> {
	const admitted = admits(table, purpose, await readConsent(database));
	if (admitted) countRead(database, table, purpose);
	return admitted;
}
