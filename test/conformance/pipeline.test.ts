import { boostedTrees, boostedTreesFrom } from '$workers/learners/boosted-trees';
import {
	bin,
	capOutliers,
	cleaningSteps,
	imputeMedian,
	imputeNearest,
	interactions,
	logScale,
	oneHot,
	scaleStandard,
	targetEncoding,
} from '$workers/learners/cleaning';
import { logistic, logisticFrom } from '$workers/learners/logistic';
import { pipeline, pipelineFrom } from '$workers/learners/pipeline';
import { ridge, ridgeFrom } from '$workers/learners/ridge';
import { smallClasses, smallRegression } from '../support/small-table';
import { tabularCase } from '../support/tabular-case';
import { conforms } from './learner';

const classes = () => smallClasses(80);
const values = () => smallRegression(80);

conforms('a pipeline to ridge regression', () => ({
	...tabularCase(
		pipeline(
			[
				capOutliers({ by: 'iqr' }),
				imputeNearest({ neighbours: 3 }),
				interactions({ squares: true }),
				oneHot({ maxLevels: 2 }),
				scaleStandard(),
			],
			ridge(),
		),
		values,
		(buffer) => pipelineFrom(buffer, cleaningSteps, ridgeFrom),
	),
	abilities: ['explains'],
}));

conforms('a pipeline to logistic regression', () => ({
	...tabularCase(
		pipeline(
			[
				imputeMedian(),
				capOutliers({ by: 'isolation', share: 0.05 }),
				targetEncoding({ folds: 3 }),
				logScale(),
			],
			logistic(),
		),
		classes,
		(buffer) => pipelineFrom(buffer, cleaningSteps, logisticFrom),
	),
	abilities: ['explains'],
}));

conforms('a pipeline to boosted trees', () => ({
	...tabularCase(
		pipeline([bin({ by: 'quantile', columns: ['size'] })], boostedTrees({ rounds: 5 })),
		values,
		(buffer) => pipelineFrom(buffer, cleaningSteps, boostedTreesFrom),
	),
	abilities: ['explains'],
}));

conforms('a pipeline without steps', () => ({
	...tabularCase(pipeline([], ridge()), values, (buffer) =>
		pipelineFrom(buffer, cleaningSteps, ridgeFrom),
	),
	abilities: ['explains'],
}));
