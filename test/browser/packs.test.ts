import { afterEach, expect, test } from 'vitest';
import type { CatalogueSummary, PackFrom } from '$lib/contracts';
import { ProfileDatabase } from '$workers/data/database';
import { PackRepository } from '$workers/data/packs';
import { newSiteKey, type NewSiteKey, toBase64Spki } from '$workers/packs/keys';
import { encodePack } from '$workers/packs/pack-file';
import { signPack } from '$workers/packs/sign';
import { factorsPack, KEYS, weightsPack } from '../support/packs';

const opened: ProfileDatabase[] = [];
const TRIAL = { acts: 6, before: 0.1, after: 0.2 };
const NOW = 1_750_000_000_000;

afterEach(async () => {
	await Promise.all(opened.splice(0).map((database) => database.delete()));
});

async function open(name: string) {
	const database = new ProfileDatabase(`test-${name}`);
	opened.push(database);
	await database.open();
	return new PackRepository(database);
}

const summary = (site?: NewSiteKey): CatalogueSummary => ({
	homes: KEYS.length,
	place: 'Sample town',
	sample: false,
	currency: 'EUR',
	period: 'night',
	asOf: 20_000,
	importedAt: NOW,
	version: 'a',
	...(site && { packKey: toBase64Spki(site.key.publicKey) }),
});

const signed = (version: number, { key }: NewSiteKey, keys: readonly string[] = KEYS) =>
	signPack(encodePack(weightsPack(keys, { version })), key);

/** What came of offering it: the step, or the name of the fault. */
async function offered(
	packs: PackRepository,
	file: ArrayBuffer,
	site?: NewSiteKey,
	from: PackFrom = 'file',
): Promise<string> {
	try {
		return await packs.offer(file, from, { summary: summary(site), keys: KEYS }, NOW);
	} catch (error) {
		return (error as Error).name;
	}
}

async function using(name: string, site: NewSiteKey, version: number) {
	const packs = await open(name);
	await offered(packs, await signed(version, site), site);
	await packs.keep(TRIAL, NOW);
	return packs;
}

test('a pack of the catalogue’s key waits for its trial, is kept whole, and is read back', async () => {
	const site = await newSiteKey();
	const packs = await open('kept');
	expect(await packs.version()).toBe('');
	expect(await offered(packs, await signed(3, site), site)).toBe('tried-next');
	expect(await packs.read('recommend')).toBeNull();
	expect((await packs.toTry('recommend'))?.header.version).toBe(3);
	expect(await packs.keep(TRIAL, NOW)).toBe(true);
	expect((await packs.read('recommend'))?.pack.keys).toEqual(KEYS);
	expect(await packs.toTry('recommend')).toBeNull();
	expect(await packs.version()).not.toBe('');
	expect((await packs.totals()).rows).toBe(1);
	expect(await offered(packs, await signed(3, site), site)).toBe('known');
});

test('what is altered, older, foreign, unsigned, damaged or of another place is refused, and the old pack stands', async () => {
	const [site, other] = [await newSiteKey(), await newSiteKey()];
	const packs = await using('refused', site, 3);
	const before = await packs.version();
	const altered = new Uint8Array(await signed(4, site));
	altered[altered.length - 150] = (altered[altered.length - 150] as number) ^ 1;
	const unsigned = encodePack(weightsPack(KEYS, { version: 4 }));
	expect(await offered(packs, altered.buffer, site)).toBe('PackAltered');
	expect(await offered(packs, await signed(2, site), site)).toBe('PackOlder');
	expect(await offered(packs, await signed(4, other), site)).toBe('PackForeignKey');
	expect(await offered(packs, unsigned, site)).toBe('PackUnsigned');
	expect(await offered(packs, (await signed(4, site)).slice(0, -5), site)).toBe('PackDamaged');
	expect(await offered(packs, await signed(4, site, ['elsewhere:1']), site)).toBe('PackOtherPlace');
	expect(await packs.version()).toBe(before);
	expect(await packs.toTry('recommend')).toBeNull();
	const { refused } = await packs.state('show');
	expect(refused.map(({ fault }) => fault.name)).toEqual([
		'PackOtherPlace',
		'PackDamaged',
		'PackUnsigned',
		'PackForeignKey',
		'PackOlder',
	]);
	expect(refused[0]?.version).toBe(4);
});

test('a version that was once in use never comes back, whatever was done since', async () => {
	const site = await newSiteKey();
	const packs = await using('versions', site, 5);
	await packs.use(false);
	expect(await offered(packs, await signed(4, site), site)).toBe('PackOlder');
	const same = await signPack(
		encodePack({ ...factorsPack(KEYS), header: { ...factorsPack(KEYS).header, version: 5 } }),
		site.key,
	);
	expect(await offered(packs, same, site)).toBe('PackOlder');
	expect(await offered(packs, await signed(6, site), site)).toBe('tried-next');
});

test('where the catalogue names no key, the person is asked once', async () => {
	const [site, other] = [await newSiteKey(), await newSiteKey()];
	const packs = await open('asks');
	expect(await offered(packs, await signed(1, site))).toBe('asks');
	expect(await packs.toTry('recommend')).toBeNull();
	expect(await packs.keep(TRIAL, NOW)).toBe(false);
	expect(await packs.trust('0000')).toBe(false);
	const { waiting } = await packs.state('show');
	expect(await packs.trust(waiting?.signedBy ?? '')).toBe(true);
	expect(await packs.keep(TRIAL, NOW)).toBe(true);
	expect(await offered(packs, await signed(2, site))).toBe('tried-next');
	expect(await offered(packs, await signed(9, other))).toBe('PackForeignKey');
});

test('a pack that ranks worse is let go with its reason', async () => {
	const site = await newSiteKey();
	const packs = await using('worse', site, 1);
	const before = await packs.version();
	await offered(packs, await signed(2, site), site);
	await packs.refuseWaiting({ name: 'PackWorse', message: 'm', kept: 'k', next: 'n' }, NOW);
	expect(await packs.version()).toBe(before);
	expect((await packs.state('show')).refused[0]?.fault.name).toBe('PackWorse');
	expect(await offered(packs, await signed(2, site), site, 'host')).toBe('tried-next');
});

test('what somebody left aside stays aside when the host has a newer one, and comes back by their hand', async () => {
	const site = await newSiteKey();
	const packs = await using('aside', site, 1);
	await packs.use(false);
	expect(await packs.version()).toBe('');
	expect(await packs.read('recommend')).toBeNull();
	await offered(packs, await signed(2, site), site, 'host');
	await packs.keep(TRIAL, NOW);
	expect(await packs.version()).toBe('');
	await packs.use(true);
	expect((await packs.read('recommend'))?.pack.header.version).toBe(2);
});
