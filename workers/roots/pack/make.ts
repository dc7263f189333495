import type { PackGround, PackMakingApi, SignedPack } from '$lib/contracts';
import { readConsent } from '$workers/data/consents';
import { FaultError } from '$workers/data/fault';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';

/** Part of the store worker. What it needs is loaded when somebody first asks. */
export function makePacks({ here }: Storehouse): Behind<PackMakingApi> {
	const made = async () => {
		const { MadePackRepository } = await import('$workers/data/made-packs');
		return new MadePackRepository((await here()).database);
	};

	return {
		async packGround(): Promise<PackGround> {
			const [{ books: repository, database }, packs, rules] = await Promise.all([
				here(),
				made(),
				groundRules(),
			]);
			const { ReleaseRepository } = await import('$workers/data/releases');
			const charges = await new ReleaseRepository(database).charges('account');
			const books = await repository.read('export');
			const leftOut = rules.excludedGuests(await readConsent(database));
			const named = books && books.guests.count > 0 ? books : null;
			const { guests, years } = named
				? rules.guestHistories(named, leftOut)
				: { guests: [], years: [] };
			return {
				books: books && {
					homes: books.properties.count,
					sample: books.sample,
					guests: guests.length,
					stays: guests.reduce((sum, { homes }) => sum + homes.length, 0),
					leftOut: leftOut.size,
					place: books.sample ? rules.PLACE : '',
				},
				years: years.toReversed().map((year) => rules.budgetOf(charges, year)),
				mostHomes: rules.MOST_HOMES,
				heldOutOf: rules.HELD_OUT_OF,
				mostAuc: rules.MOST_AUC,
				version: await packs.nextVersion(),
			};
		},
		madePacks: async () => (await made()).all('account'),
		async newPackKey() {
			const { fingerprintOf, newSiteKey } = await import('$workers/packs/keys');
			const { key, privatePem, publicPem } = await orFault(newSiteKey());
			return { privatePem, publicPem, fingerprint: await fingerprintOf(key.publicKey) };
		},
		async signMadePack(id, privatePem): Promise<SignedPack> {
			const packs = await made();
			const pack = (await packs.all('export')).find((each) => each.id === id);
			const file = await packs.file(id, 'export');
			if (!pack || !file) throw gone();
			const { fingerprintOf, readPrivateKey } = await import('$workers/packs/keys');
			const { signPack } = await import('$workers/packs/sign');
			const key = await orFault(readPrivateKey(privatePem));
			return {
				file: new Blob([await signPack(file, key)]),
				name: `pack-${pack.header.version}.doorpack`,
				fingerprint: await fingerprintOf(key.publicKey),
			};
		},
	};
}

async function groundRules() {
	const [pack, models, release, draw, sample] = await Promise.all([
		import('$workers/privacy/pack'),
		import('$workers/models/item-pack'),
		import('$workers/privacy/release'),
		import('./draw-pack'),
		import('$workers/sample'),
	]);
	return {
		MOST_HOMES: pack.MOST_HOMES,
		HELD_OUT_OF: models.HELD_OUT_OF,
		guestHistories: models.guestHistories,
		budgetOf: release.budgetOf,
		excludedGuests: release.excludedGuests,
		MOST_AUC: draw.MOST_AUC,
		PLACE: sample.PLACE,
	};
}

/** What is wrong with a key, as a person can put it right. */
async function orFault<Value>(work: Promise<Value>): Promise<Value> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		throw new FaultError({
			name: 'KeyUnusable',
			message: `The key was not taken: ${error.message}.`,
			kept: 'The pack, unsigned.',
			next: 'Choose the private half of the site’s key, or make a new one.',
		});
	}
}

const gone = () =>
	new FaultError({
		name: 'NotReady',
		message: 'There is no such pack here to be saved.',
		kept: 'What the packs so far say of themselves, and what they cost.',
		next: 'Make one anew.',
	});
