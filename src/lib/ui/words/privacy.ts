import type {
	BackendName,
	BackendTrial,
	LedgerWhat,
	Purpose,
	RetentionRule,
	Role,
} from '$lib/contracts';

const PURPOSES: Record<Purpose, string> = {
	show: 'Show and compare',
	recommend: 'Suggest',
	insight: 'Forecast',
	message: 'Write messages',
	export: 'Your copy',
	account: 'Prove this page',
};

const RETENTION: Record<RetentionRule, string> = {
	'new-catalogue': 'A new catalogue',
	'two-years': 'Two years',
	forgotten: 'You forget it',
	retrained: 'It is learned anew',
	erased: 'You erase it',
	always: 'You erase everything',
};

const LEDGER: Record<LedgerWhat, string> = {
	opened: 'Opened',
	trained: 'Trained',
	forgot: 'Forgot',
	exported: 'Exported',
	shared: 'Shared',
	changed: 'Changed',
	erased: 'Erased',
	read: 'Read',
	withdrew: 'Withdrew',
	granted: 'Granted',
	restricted: 'Restricted',
	corrected: 'Corrected',
	released: 'Released',
	'backed-up': 'Backed up',
};

const BACKENDS: Record<BackendName, string> = {
	webgpu: 'the graphics processor (WebGPU)',
	wasm: 'the processor, compiled (WebAssembly)',
	cpu: 'the processor, plain JavaScript',
};

const VERDICTS: Record<BackendTrial['verdict'], string> = {
	chosen: 'Chosen: the fastest that counts right',
	slower: 'Slower',
	wrong: 'Refused: its numbers differ',
	absent: 'Not on this device',
	software: 'Refused: only imitated in software',
	failed: 'Failed to start',
};

/** How strictly what may leave is guarded; read from what the browser enforces, not from a wish. */
export type PolicyLevel = 'A' | 'B' | 'C';

interface LevelWords {
	/** What holds at this level. */
	readonly holds: string;
	/** What carries it. */
	readonly by: string;
	/** What it leaves open, said plainly. */
	readonly open: string;
}

const LEVELS: Record<PolicyLevel, LevelWords> = {
	A: {
		holds:
			'The browser itself refuses connections from this app to any address but the one it was installed from.',
		by: 'Our headers and the browser’s connection list',
		open: 'That address still sees your IP address, the time and which version you have when it sends the app’s own files.',
	},
	B: {
		holds:
			'The browser refuses ordinary requests to other addresses, but hints such as a name look-up could still be seen.',
		by: 'Our headers; this browser has no connection list',
		open: 'A tampered copy of the app could still leak data by opening another page. There you rely on the published code.',
	},
	C: {
		holds:
			'The page asks the browser for protection by itself. A first visit is less strict until the app is installed.',
		by: 'The page alone: this site sends no headers of ours',
		open: 'A tampered copy of the app could still leak data by opening another page. There you rely on the published code.',
	},
};

/** The levels from strict to less strict, in words. */
export const policyLevels = LEVELS;

/** What no level protects from; stands wherever a level is shown. */
export const beyondEveryLevel =
	'It does not stop a changed app from the host, a browser extension that reads pages, malware, or somebody at an unlocked screen.';

/** After an erasure, and before it is confirmed. */
export const erasedMeans =
	'It is removed from this browser. Copies you exported, the browser’s own history and backups that the device makes by itself are not touched.';

/** `Show and compare, Suggest`. */
export function purposeWords(purposes: readonly Purpose[]): string {
	return purposes
		.map((purpose, index) => (index ? PURPOSES[purpose].toLowerCase() : PURPOSES[purpose]))
		.join(', ');
}

/** Until when a table is kept: `Two years`. */
export function retentionWords(rule: RetentionRule): string {
	return RETENTION[rule];
}

/** `Exported`. */
export function ledgerWords(what: LedgerWhat): string {
	return LEDGER[what];
}

/** On what the model runs. */
export function backendWords(backend: BackendName): string {
	return BACKENDS[backend];
}

/** What became of a runner in the race. */
export function verdictWords(verdict: BackendTrial['verdict']): string {
	return VERDICTS[verdict];
}

const ROLES: Record<
	Role,
	{ readonly title: string; readonly says: string; readonly short: string }
> = {
	tenant: {
		title: 'Looking for a home',
		says: 'Browse a catalogue and get suggestions that learn from what you save. Your taste stays on this device.',
		short: 'Suggestions that learn from what you save.',
	},
	manager: {
		title: 'Managing homes',
		says: 'Forecasts, prices and guests from your own bookings. Trained on this device, without a signal.',
		short: 'Forecasts, prices and guests from your own bookings.',
	},
	privacy: {
		title: 'Checking privacy',
		says: 'See what is stored, what was learned and what left. Try to break it yourself.',
		short: 'What is stored, what was learned, what left.',
	},
};

/** The three doors, left to right. */
export const roles = Object.keys(ROLES) as readonly Role[];

/** A door's name, its promise, and the promise for a small screen. */
export function roleWords(role: Role): (typeof ROLES)[Role] {
	return ROLES[role];
}

/** What the header's shield says: the count of exports is the person's own doing. */
export function leftWords(exported: number): string {
	return exported === 0 ? 'Nothing has left' : 'Only what you exported has left';
}
