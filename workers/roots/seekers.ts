import type { SeekersApi } from '$lib/contracts';
import { SavedSearchRepository } from '$workers/data/saved-searches';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from './manage';

/** Part of the store worker: whom a home is looked for, and whose search goes on now. */
export function seekers({ here, notifier }: Storehouse): Behind<SeekersApi> {
	/** Lists, marks, corrections and taste are another's now. */
	const told = <Value>(value: Value): Value => {
		notifier.tell('settings', 'acts', 'taste', 'searches');
		return value;
	};

	return {
		seekers: async () => (await here()).seekers.read('show'),
		addSeeker: async (name) => told(await (await here()).seekers.add(name, Date.now())),
		chooseSeeker: async (id) => told(await (await here()).seekers.choose(id)),
		renameSeeker: async (id, name) => told(await (await here()).seekers.rename(id, name)),
		async removeSeeker(id) {
			const { acts, database, ledger, seekers: repository, tasteEdits } = await here();
			await repository.remove(id);
			const forgotten = await acts.forget(await acts.sequencesOf(id, 'account'));
			await tasteEdits.removeAll(id);
			await new SavedSearchRepository(database).removeAll(id);
			await ledger.note({
				instant: Date.now(),
				what: 'forgot',
				subject: 'seeker',
				purpose: 'account',
				rows: forgotten.length,
				bytes: 0,
			});
			notifier.tell('ledger');
			return told(forgotten.length);
		},
	};
}
