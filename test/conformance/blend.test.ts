import { blend, blendFrom, linearMember, treesMember } from '$workers/learners/blend';
import { seededRandom } from '$workers/math/random';
import { categoryColumn, matrix, numberColumn, takeMatrixRows } from '$workers/table/matrix';
import { conforms } from './learner';

const COUNT = 300;
const LEVELS = Array.from({ length: 24 }, (_, i) => `agent ${i}`);

function examples(seed: string, count = COUNT) {
	const random = seededRandom(seed);
	const column = (of: () => number) => Float64Array.from({ length: count }, of);
	const lead = column(() => (random.next() < 0.1 ? Number.NaN : Math.floor(100 * random.next())));
	const agent = column(() => random.integer(LEVELS.length));
	const few = column(() => random.integer(3));
	const rows = matrix([
		numberColumn('lead', lead),
		categoryColumn('agent', agent, LEVELS),
		categoryColumn('few', few, ['a', 'b', 'c']),
	]);
	const targets = lead.map((days, row) =>
		Number(random.next() < 0.2 + (days || 30) / 200 + ((agent[row] as number) % 3) / 10),
	);
	return { rows, targets, days: column(() => random.integer(400)) };
}

const trees = treesMember('trees', { loss: 'logistic', maxDepth: 3, maxBins: 32, rounds: 20 });
const settings = {
	loss: 'logistic',
	members: [trees, linearMember('linear', 'logistic')],
} as const;

for (const [name, inner] of [
	['a blend weighed by folds', { by: 'folds', folds: 3 }],
	['a blend weighed on the last rows', { by: 'last', share: 0.25 }],
] as const)
	conforms(name, () => ({
		estimator: blend({ ...settings, inner }),
		from: blendFrom,
		train: () => examples('train'),
		query: () => examples('query', 20).rows,
		pick: takeMatrixRows,
		rows: ({ scores, values }) =>
			Array.from(scores, (score, row) => [score, values[row] as number]),
		poisoned: () => {
			const data = examples('train');
			data.targets[3] = Number.NaN;
			return data;
		},
		abilities: ['explains'],
	}));
