import { liveTensors } from '$workers/device/device';
import { network, networkFrom } from '$workers/learners/network';
import { openNodeDevice } from '../support/node-device';
import { smallClasses, smallRegression } from '../support/small-table';
import { tabularCase } from '../support/tabular-case';
import { conforms } from './learner';

for (const task of ['classes', 'values'] as const)
	conforms(`the network of ${task} on the processor`, async () => {
		const device = await openNodeDevice({ prefer: 'cpu' });
		const options = {
			task,
			units: 6,
			secondUnits: task === 'classes' ? 4 : 0,
			epochs: 4,
			batch: 8,
		};
		const train = () => (task === 'classes' ? smallClasses(70) : smallRegression(70));
		return {
			...tabularCase(network(options, device), train, networkFrom),
			liveTensors,
			close: () => device.close(),
		};
	});
