import type { Purpose } from '$lib/contracts';
import { isWithdrawn } from '$workers/privacy/consent';
import { readConsent } from './consents';
import type { ProfileDatabase } from './database';
import { allowRead } from './reading';

export interface KeptModel {
	readonly version: string;
	readonly trainedAt: number;
	readonly buffer: ArrayBuffer;
}

/** The listing encoder with its embeddings, and where its training stands. */
export const ENCODER = 'listing-encoder';
export const ENCODER_CHECKPOINT = 'listing-encoder/checkpoint';

/** Trained models and the checkpoints of those in training: a model is a buffer. */
export class ModelRepository {
	constructor(private readonly database: ProfileDatabase) {}

	async read(name: string, purpose: Purpose): Promise<KeptModel | null> {
		await allowRead(this.database, 'model', purpose);
		const stored = await this.database.models.get(name);
		if (!stored) return null;
		const { version, trainedAt, sealed } = stored;
		return { version, trainedAt, buffer: await this.database.codec.open(sealed, `model/${name}`) };
	}

	/** Keeps a model, unless what it was trained for was taken back meanwhile. */
	async keep(name: string, model: KeptModel): Promise<void> {
		if (!(await this.mayKeep())) return;
		const { version, trainedAt, buffer } = model;
		const sealed = await this.database.codec.seal(buffer, `model/${name}`);
		await this.database.models.put({
			name,
			version,
			trainedAt,
			bytes: buffer.byteLength,
			sealed,
		});
	}

	async remove(name: string): Promise<void> {
		await this.database.models.delete(name);
	}

	async versionOf(name: string): Promise<string | null> {
		return (await this.database.models.get(name))?.version ?? null;
	}

	private async mayKeep(): Promise<boolean> {
		return !isWithdrawn(await readConsent(this.database), 'dim_property', 'recommend');
	}

	/** What is known of a model without opening it. */
	async card(
		name: string,
	): Promise<(Omit<KeptModel, 'buffer'> & { readonly bytes: number }) | null> {
		const stored = await this.database.models.get(name);
		if (!stored) return null;
		const { version, trainedAt, bytes } = stored;
		return { version, trainedAt, bytes };
	}

	async totals(): Promise<{ rows: number; bytes: number }> {
		const all = await this.database.models.toArray();
		return { rows: all.length, bytes: all.reduce((sum, model) => sum + model.bytes, 0) };
	}
}
