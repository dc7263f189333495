import type { Embeddings } from '$workers/features';
import type { FittedEncoder } from '$workers/learners/encoder/fitted';
import { decodeTensors, encodeTensors } from '$workers/table/tensors';

const FORMAT = 'looks-1';

/** What is kept of a training: every home's embedding, beside the encoder that made it. */
export function keepLooks(
	encoder: FittedEncoder,
	embeddings: Float32Array,
	backend: string,
): ArrayBuffer {
	return encodeTensors({
		arrays: { embeddings, encoder: new Uint8Array(encoder.toBuffer()) },
		metadata: { format: FORMAT, width: String(encoder.size), backend },
	});
}

/** The inverse; a RangeError where the bytes are something else. */
export function readLooks(buffer: ArrayBuffer): Embeddings & { readonly backend: string } {
	const { arrays, metadata } = decodeTensors(buffer);
	const width = Number(metadata.width);
	const values = arrays.embeddings;
	if (
		metadata.format !== FORMAT ||
		!(values instanceof Float32Array) ||
		values.length % width !== 0
	)
		throw new RangeError('looks: these bytes are not embeddings of homes');
	return { width, values, backend: metadata.backend ?? '' };
}
