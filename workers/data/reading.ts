import type { Purpose } from '$lib/contracts';
import { isWithdrawn } from '$workers/privacy/consent';
import { requirePurpose } from '$workers/privacy/purposes';
import type { TableName } from '$workers/privacy/tables';
import { readConsent } from './consents';
import type { ProfileDatabase } from './database';

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
}

/** `false` where the purpose was taken back for this table: it is then to be treated as empty. */
export async function mayRead(
	database: ProfileDatabase,
	table: TableName,
	purpose: Purpose,
): Promise<boolean> {
	return !isWithdrawn(await readConsent(database), table, purpose);
}
