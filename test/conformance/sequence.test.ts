import { liveTensors } from '$workers/device/device';
import { FittedSequence, sequenceModel } from '$workers/learners/sequence';
import { takeRows } from '$workers/table/sparse';
import { openNodeDevice } from '../support/node-device';
import { drawSequences, plantedChain } from '../support/planted-chain';
import { rankedRows } from '../support/ranked-rows';
import { conforms } from './learner';

const CHAIN = plantedChain(8, 0.8);
const LENGTHS = Array.from({ length: 60 }, (_, row) => row % 9);

for (const prefer of ['cpu', 'wasm'] as const)
	conforms(`the sequence model on ${prefer}`, async () => {
		const device = await openNodeDevice({ prefer });
		const train = () => ({ sequences: drawSequences(CHAIN, LENGTHS, 'train') });
		return {
			estimator: sequenceModel({ size: 4, hidden: 6, length: 5, epochs: 3, batch: 40 }, device),
			from: (buffer) => FittedSequence.from(buffer),
			train,
			query: () => ({ histories: drawSequences(CHAIN, [3, 0, 5, 1, 2], 'query'), count: 3 }),
			pick: ({ histories, count }, rows) => ({ histories: takeRows(histories, rows), count }),
			rows: rankedRows,
			poisoned: () => ({ ...train(), content: new Float32Array(8).fill(Number.NaN, 3, 4) }),
			liveTensors,
			close: () => device.close(),
		};
	});
