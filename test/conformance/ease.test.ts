import { liveTensors } from '$workers/device/device';
import { ease, easeFrom } from '$workers/learners/ease';
import { takeRows } from '$workers/table/sparse';
import { openNodeDevice } from '../support/node-device';
import { plantedTastes } from '../support/planted-tastes';
import { rankedRows } from '../support/ranked-rows';
import { conforms } from './learner';

const SHAPE = { people: 40, groups: 3, each: 6, own: 0.6, other: 0.1 };
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

for (const backend of ['cpu', 'wasm'] as const)
	conforms(`EASE on ${backend}`, async () => {
		const device = await openNodeDevice({ prefer: backend });
		return {
			estimator: ease({ ridge: 5, dropout: 0.2, activityPower: 0.5, popularityPower: 0.1 }, device),
			from: easeFrom,
			train: () => plantedTastes(SHAPE),
			query: () => ({ histories: plantedTastes({ ...SHAPE, people: 7 }, 2), count: 5 }),
			pick: ({ histories, count }, rows) => ({ histories: takeRows(histories, rows), count }),
			rows: rankedRows,
			poisoned: () => {
				const train = plantedTastes(SHAPE);
				return { ...train, values: train.values.fill(Number.NaN, 3, 4) };
			},
			abilities: ['explains', 'updates', 'forgets'],
			split: (train) => [takeRows(train, range(0, 30)), takeRows(train, range(30, 40))],
			tolerance: 1e-5,
			liveTensors,
			close: () => device.close(),
		};
	});
