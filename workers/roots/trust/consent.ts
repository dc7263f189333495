import type { ConsentApi, WithdrawablePurpose } from '$lib/contracts';
import { changeConsent, readConsent } from '$workers/data/consents';
import type { LedgerSubject } from '$workers/data/ledger';
import { ENCODER, ENCODER_CHECKPOINT } from '$workers/data/models';
import type { Behind } from '$workers/door/expose';
import { learnersUnder } from '$workers/privacy/affected-models';
import { consentView, isWithdrawable } from '$workers/privacy/consent-view';
import { isSeparable } from '$workers/privacy/purposes';
import type { TableName } from '$workers/privacy/tables';
import type { Storehouse } from '../manage';

/** Part of the store worker. */
export function consent({ here, notifier }: Storehouse): Behind<ConsentApi> {
	return {
		consent: async () => consentView(await readConsent((await here()).database)),
		async changeConsent(purpose, name, granted) {
			const { database, ledger, models } = await here();
			const table = separable(purpose, name);
			const instant = Date.now();
			const { changed, consent: after } = await changeConsent(database, {
				purpose,
				table,
				granted,
				instant,
			});
			if (!changed) return consentView(after);
			if (!granted && learnersUnder(purpose, table).includes('listing-encoder')) {
				await models.remove(ENCODER);
				await models.remove(ENCODER_CHECKPOINT);
			}
			await ledger.note({
				instant,
				what: granted ? 'granted' : 'withdrew',
				subject: (table ?? 'purpose') as LedgerSubject,
				purpose,
				rows: 0,
				bytes: 0,
			});
			notifier.tell('consent', 'taste', 'models', 'insights', 'books', 'ledger');
			return consentView(after);
		},
	};
}

/** @throws RangeError where this is nothing that can be taken back */
function separable(purpose: WithdrawablePurpose, name: string | null): TableName | null {
	if (!isWithdrawable(purpose)) throw new RangeError('a purpose that can not be taken back');
	if (name !== null && !isSeparable(name as TableName, purpose))
		throw new RangeError('a table that can not be taken out of this purpose');
	return name as TableName | null;
}
