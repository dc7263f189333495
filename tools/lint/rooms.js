/**
 * Who may import whom, and why: the table of docs/architecture.md as data. The linter enforces it.
 * Rooms import each other by alias (`$workers/table`, `$lib/contracts`); `./` stays inside a room.
 *
 * @typedef {object} Room
 * @property {string} path      its folder (or file), from the root
 * @property {string[]} may     rooms that it may import, as they stand in an import
 * @property {string[]} [packages]  packages that it alone (with others that list them) may import
 * @property {string} because   said in the error
 */

const LEARNING = ['$workers/table', '$workers/math'];

/** @type {Room[]} */
export const rooms = [
	{
		path: 'src/routes',
		may: ['$lib/state', '$lib/ui', '$lib/contracts'],
		packages: ['svelte', '@sveltejs/kit', '@lucide/svelte', 'bits-ui'],
		because: 'a page asks state and composes components; it never reaches a worker or the database',
	},
	{
		path: 'src/lib/state',
		may: ['$lib/client', '$lib/contracts'],
		packages: ['svelte', '@sveltejs/kit', 'svelte-sonner'],
		because: 'state holds what pages show and asks for it through the one door',
	},
	{
		path: 'src/lib/ui',
		may: ['$lib/contracts'],
		packages: [
			'svelte',
			'@sveltejs/kit',
			'@lucide/svelte',
			'bits-ui',
			'@internationalized/date',
			'@tanstack/svelte-virtual',
			'svelte-sonner',
		],
		because: 'components take props and give events, so that each can be shown and tested alone',
	},
	{
		path: 'src/lib/client',
		may: [
			'$lib/contracts',
			'$lib/policy',
			// Addresses of files, not modules.
			'$workers/scoring.worker?worker&url',
			'$workers/store.worker?worker&url',
			'$workers/training.worker?worker&url',
		],
		packages: ['comlink', 'workbox-window'],
		because: 'the door knows what crosses it, and nothing of pages or of what workers do inside',
	},
	{
		path: 'src/lib/policy',
		may: [],
		because: 'the policy is read alone, by an auditor, and by Node before anything is built',
	},
	{
		path: 'src/lib/policy/self-test',
		may: ['$lib/contracts'],
		because: 'the self-test imports types alone: what it tries is all in its own folder',
	},
	{ path: 'src/lib/contracts', may: [], because: 'contracts are types that both wings share' },
	{
		path: 'src/service-worker.ts',
		may: ['$lib/policy', './lib/policy'],
		packages: ['$service-worker'],
		because: 'an auditor reads the service worker in one sitting: no dependency',
	},
	{
		path: 'workers/models',
		may: [
			'$workers/features',
			'$workers/learners',
			'$workers/metrics',
			'$workers/packs',
			...LEARNING,
			'$lib/contracts',
		],
		because:
			'a model says which features, which learner, which output; it stores and fetches nothing',
	},
	{
		path: 'workers/features',
		may: LEARNING,
		because: 'one code path computes features for training and serving, from columns alone',
	},
	{
		path: 'workers/learners',
		may: [...LEARNING, '$workers/device'],
		packages: ['@tensorflow', '@bsull'],
		because: 'learners know nothing of homes, people or storage',
	},
	{ path: 'workers/metrics', may: LEARNING, because: 'evaluation is the same for every model' },
	{
		path: 'workers/roots',
		may: [
			'$workers/data',
			'$workers/device',
			'$workers/door',
			'$workers/features',
			'$workers/learners',
			'$workers/metrics',
			'$workers/models',
			'$workers/packs',
			'$workers/privacy',
			'$workers/registry',
			'$workers/sample',
			'$workers/search',
			...LEARNING,
			'$lib/contracts',
		],
		because: 'parts of the composition roots: they wire rooms and decide nothing',
	},
	{
		path: 'workers/registry',
		may: ['$workers/metrics', ...LEARNING, '$lib/contracts'],
		because: 'the registry decides on versions and stages; storing them is for data',
	},
	{
		path: 'workers/data',
		may: [
			'$workers/packs',
			'$workers/privacy',
			'$workers/table',
			'$workers/math',
			'$lib/contracts',
		],
		packages: [
			'dexie',
			'papaparse',
			'hyparquet',
			'hyparquet-compressors',
			'hyparquet-writer',
			'fflate',
		],
		because: 'the database is opened here alone; what is kept is decided in privacy',
	},
	{
		path: 'workers/privacy',
		may: [...LEARNING, '$lib/contracts'],
		because: 'privacy decides and stores nothing itself',
	},
	{
		path: 'workers/packs',
		may: [...LEARNING, '$lib/contracts'],
		because: 'a pack is a file of numbers: its format and its checks know no model and no storage',
	},
	{
		path: 'workers/search',
		may: [...LEARNING, '$lib/contracts'],
		because: 'search reads columns that it is handed',
	},
	{ path: 'workers/sample', may: LEARNING, because: 'the sample town is made from a seed alone' },
	{
		path: 'workers/table',
		may: ['$workers/math'],
		because: 'columns know nothing of what they hold',
	},
	{ path: 'workers/math', may: [], because: 'mathematics imports nothing' },
	{
		path: 'workers/device',
		may: ['$workers/math', '$lib/contracts'],
		packages: ['@tensorflow'],
		because: 'the device measures backends and knows nothing of what is computed on them',
	},
	{
		path: 'workers/door',
		may: ['$lib/contracts', '$lib/policy/self-test'],
		packages: ['comlink'],
		because: "it is the workers' half of the door",
	},
];

/** Packages that are kept to the rooms that list them. */
const KEPT = [
	'dexie',
	'comlink',
	'papaparse',
	'hyparquet',
	'hyparquet-compressors',
	'hyparquet-writer',
	'fflate',
	'@bsull',
	'workbox-window',
	'@tensorflow',
	'bits-ui',
	'svelte-sonner',
	'@tanstack/svelte-virtual',
	'@lucide/svelte',
];

const ALIASED = '\\$(?:workers|lib|app|service-worker)(?:/[\\w.-]+)?';

/** @param {string} text */
const escape = (text) => text.replace(/[$/.*+?^()[\]{}|\\]/g, '\\$&');

/** @param {Room} room @returns the pattern that `no-restricted-imports` takes */
export function forbiddenImports(room) {
	const own = aliasOf(room.path);
	const allowed = [...room.may, own].map(escape).join('|');
	const kept = KEPT.filter((name) => !room.packages?.includes(name)).map(escape);
	const because = `${room.path}: ${room.because} (docs/architecture.md).`;
	return [
		{
			regex: `^(?!(?:${allowed})(?:/|$))(?=\\$(?:workers|lib)(?:/|$))${ALIASED}`,
			message: `${because} It may import ${room.may.join(', ') || 'nothing'}.`,
		},
		{
			regex: `^(?:\\.\\./)+(?:workers|src|lib|tools|test|${ROOM_NAMES})(?:/|$)`,
			message: `${because} Name another room by its alias.`,
		},
		...(kept.length
			? [
					{
						regex: `^(?:${kept.join('|')})(?:/|$)`,
						message: `${because} This package is kept elsewhere.`,
					},
				]
			: []),
	];
}

const ROOM_NAMES = rooms
	.filter((room) => !room.path.endsWith('.ts'))
	.map((room) => room.path.split('/').at(-1))
	.join('|');

/** @param {string} path */
function aliasOf(path) {
	return path.replace(/^src\/lib/, '$lib').replace(/^workers/, '$workers');
}
