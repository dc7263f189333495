import { packing, store } from '$lib/client';
import { saveBlob } from '$lib/client/gate';
import type { MadePack, NewPackKey, SignedPack } from '$lib/contracts';
import { Job } from '../job.svelte';
import { Resource } from '../resource.svelte';

const KEY_TYPE = 'application/x-pem-file';

/** Making a pack for tenants: what goes in, how it turned out, and its way out. */
class PackMaking {
	readonly ground = new Resource(
		() => store.ask('packGround'),
		['releases', 'books', 'profile', 'consent', 'erased'],
	);
	readonly packs = new Resource(
		() => store.ask('madePacks'),
		['releases', 'books', 'profile', 'consent', 'insights', 'erased'],
	);
	readonly making = new Job<MadePack>();
	readonly signing = new Job<SignedPack>();
	readonly key = new Job<NewPackKey>();

	make(epsilon: number, place: string): Promise<MadePack | undefined> {
		this.signing.reset();
		return this.making.run((options) => packing.run('makePack', [{ epsilon, place }], options));
	}

	/** Reads the key, signs with it, and lets it go. */
	sign(id: string, key: File): Promise<SignedPack | undefined> {
		return this.signing.run(async () => store.tell('signMadePack', id, await key.text()));
	}

	newKey(): Promise<NewPackKey | undefined> {
		return this.key.run(() => store.tell('newPackKey'));
	}

	save({ file, name }: SignedPack): Promise<void> {
		return saveBlob(file, name, 'model_pack');
	}

	/** Both halves, as two files. */
	async saveKey({ privatePem, publicPem }: NewPackKey): Promise<void> {
		await saveBlob(new Blob([privatePem], { type: KEY_TYPE }), 'pack-key.private.pem', 'key');
		await saveBlob(new Blob([publicPem], { type: KEY_TYPE }), 'pack-key.public.pem', 'key');
	}
}

export const packMaking = new PackMaking();
