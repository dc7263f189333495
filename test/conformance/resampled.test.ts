import { logistic, logisticFrom } from '$workers/learners/logistic';
import { resampled, resampledFrom } from '$workers/learners/resampling';
import { smallClasses } from '../support/small-table';
import { tabularCase } from '../support/tabular-case';
import { conforms } from './learner';

for (const method of ['class-weights', 'smote', 'adasyn', 'under-sampling', 'near-miss'] as const)
	conforms(`a learner resampled by ${method}`, () => ({
		...tabularCase(
			resampled(logistic(), { method }),
			() => smallClasses(80),
			(buffer) => resampledFrom(buffer, logisticFrom),
		),
		abilities: ['explains'],
	}));
