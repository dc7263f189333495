import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openDevice } from '$workers/device/device';
import { type Embeddings, homeFeatures } from '$workers/features';
import { encoder } from '$workers/learners/encoder/encoder';
import { encoderTrial } from '$workers/learners/encoder/trial';
import { seededRandom } from '$workers/math/random';
import { encoderRows } from '$workers/models/recommender/encoder-rows';
import type { HomeTable } from '$workers/table/homes';

/** As in the app's training worker. */
const SHAPE = { hidden: 96, size: 32, batch: 128 };
const EPOCHS = 40;

/** Trains the listing encoder on the catalogue alone, on WebAssembly, and embeds every home. */
export async function embedHomes(homes: HomeTable, seed: number): Promise<Embeddings> {
	const attributes = encoderRows(homeFeatures(homes));
	const random = seededRandom(seed);
	const files = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
	const device = await openDevice({
		trial: encoderTrial(attributes.groups, SHAPE, random.fork('trial')),
		wasmUrls: {
			plain: join(files, 'tfjs-backend-wasm.wasm'),
			simd: join(files, 'tfjs-backend-wasm-simd.wasm'),
		},
		prefer: 'wasm',
		now: () => performance.now(),
	});
	try {
		const run = { random, cancelled: () => false, onProgress: () => undefined };
		const fitted = await encoder({ ...SHAPE, epochs: EPOCHS }, device).fit(attributes, run);
		return { width: fitted.size, values: await fitted.predict(attributes.rows) };
	} finally {
		device.close();
	}
}
