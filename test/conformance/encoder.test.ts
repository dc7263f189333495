import { encoder } from '$workers/learners/encoder/encoder';
import { encoderFrom } from '$workers/learners/encoder/fitted';
import { liveTensors } from '$workers/device/device';
import { takeRows } from '$workers/table/sparse';
import { openNodeDevice } from '../support/node-device';
import { plantedAttributes } from '../support/planted-attributes';
import { conforms } from './learner';

for (const backend of ['cpu', 'wasm'] as const)
	conforms(`the encoder on ${backend}`, async () => {
		const device = await openNodeDevice({ prefer: backend });
		const size = 4;
		return {
			estimator: encoder({ size, hidden: 8, epochs: 3, batch: 16 }, device),
			from: encoderFrom,
			train: () => plantedAttributes(60),
			query: () => plantedAttributes(7, 2).rows,
			pick: takeRows,
			rows: (embeddings) =>
				Array.from({ length: embeddings.length / size }, (_, row) =>
					embeddings.subarray(row * size, (row + 1) * size),
				),
			poisoned: () => {
				const { rows, groups } = plantedAttributes(60);
				return { rows: { ...rows, values: rows.values.fill(Number.NaN, 5, 6) }, groups };
			},
			liveTensors,
			close: () => device.close(),
		};
	});
