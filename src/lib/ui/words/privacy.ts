import type {
	BackendName,
	BackendTrial,
	LedgerWhat,
	Purpose,
	RequestRecord,
	RetentionRule,
	Role,
	StoredTable,
} from '$lib/contracts';
import { figures } from './count';

const PURPOSES: Record<Purpose, string> = {
	show: 'Show and compare',
	recommend: 'Suggest',
	insight: 'Forecast',
	message: 'Write messages',
	export: 'Your copy',
	account: 'Answer your rights',
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
	refused: 'Refused',
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

/** Until when a table is kept: `Two years`, or the period that the person chose. */
export function retentionWords({
	keptDays,
	keptUntil,
}: Pick<StoredTable, 'keptDays' | 'keptUntil'>): string {
	if (keptDays === undefined) return RETENTION[keptUntil];
	return keptDays === null ? RETENTION.erased : figures(Math.round(keptDays / 30.4), 'month');
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

/** What the headline is told from. `undefined`: not known yet. */
export interface LeavingEvidence {
	/** Requests of the page and its workers to another origin, self-test apart. */
	readonly elsewhere: number | undefined;
	/** Tries of the self-test that got out. */
	readonly gotOut: number;
	/** Whether the ledger's fingerprints fit; `null` where it could not be checked. */
	readonly ledgerHolds: boolean | null | undefined;
	/** What the person handed over: exports, messages, releases. */
	readonly handed: number | undefined;
}

export interface Headline {
	readonly title: string;
	readonly says: string;
	readonly good: boolean;
	/** In the header, beside the shield. */
	readonly short: string;
}

/** The first sentence of these pages, the worst thing first. */
export function headline(evidence: LeavingEvidence): Headline {
	const { elsewhere, gotOut, ledgerHolds, handed } = evidence;
	if (elsewhere)
		return bad(
			elsewhere === 1 ? 'A request went elsewhere.' : `${elsewhere} requests went elsewhere.`,
			'Stop using this copy of the app, and keep the list of requests under Check.',
			'Something left',
		);
	if (ledgerHolds === false)
		return bad(
			'The ledger does not fit together.',
			'What it says of what was done here can’t be relied on. The ledger’s page says from which entry on.',
			'The ledger is broken',
		);
	if (gotOut)
		return bad(
			'Not every way out is closed.',
			'No request of the app went to another place since this page was loaded, but a random word of the self-test did. The list under Check says by which ways.',
			'A way out is open',
		);
	if (elsewhere === undefined || ledgerHolds === undefined || handed === undefined)
		return { title: 'Looking at what left.', says: '', good: true, short: 'Nothing seen to leave' };
	return {
		title: handed ? 'Only what you handed over has left.' : 'Nothing has left this browser.',
		says:
			'Since this page was loaded, not one request went to another place.' +
			(ledgerHolds === null ? ' The ledger could not be checked.' : ''),
		good: true,
		short: leftWords(handed),
	};
}

const bad = (title: string, says: string, short: string): Headline => ({
	title,
	says,
	good: false,
	short,
});

/** How far a level reaches for one kind of way out. */
export type Reach = 'stopped' | 'name' | 'open';

const REACH: Record<Reach, string> = {
	stopped: 'Stopped',
	name: 'Name look-up only',
	open: 'Open',
};

/** `Name look-up only`. */
export function reachWords(reach: Reach): string {
	return REACH[reach];
}

interface LevelRow {
	readonly ways: string;
	readonly reach: Readonly<Record<PolicyLevel, Reach>>;
	/** What stops it, or why it stays open. */
	readonly because: string;
}

const levels = (A: Reach, B: Reach, C: Reach) => ({ A, B, C });

/** What each level stops, by kinds of ways out; measured in the audit. */
export const levelRows: readonly LevelRow[] = [
	{
		ways: 'Ordinary requests: fetch, XHR, beacons, sockets',
		reach: levels('stopped', 'stopped', 'stopped'),
		because: 'The policy allows connections to this site alone, in the page and in its workers.',
	},
	{
		ways: 'Images, styles, fonts, sound',
		reach: levels('stopped', 'stopped', 'stopped'),
		because: 'They come from this site alone.',
	},
	{
		ways: 'Text that becomes code',
		reach: levels('stopped', 'stopped', 'stopped'),
		because: 'Trusted Types: only the app’s own files run.',
	},
	{
		ways: 'Frames and forms',
		reach: levels('stopped', 'name', 'name'),
		because: 'The request is refused, but without a connection list its name is looked up before.',
	},
	{
		ways: 'Names looked up and connections opened ahead',
		reach: levels('stopped', 'name', 'name'),
		because: 'A name can carry a few letters. Only the connection list stops it.',
	},
	{
		ways: 'WebRTC',
		reach: levels('stopped', 'open', 'open'),
		because: 'No policy covers it. Only the connection list stops it.',
	},
	{
		ways: 'Another page or window, opened by a tampered copy',
		reach: levels('stopped', 'open', 'open'),
		because: 'A page can’t forbid its own leaving. Only the connection list stops it.',
	},
	{
		ways: 'A worker that takes no rules with it',
		reach: levels('stopped', 'stopped', 'open'),
		because: 'A worker from the network has the rules of its own headers, and here it has none.',
	},
	{
		ways: 'The service worker, in a tampered copy',
		reach: levels('stopped', 'open', 'open'),
		because: 'It is bound by the host’s headers alone. Its code is short and published.',
	},
	{
		ways: 'What an address says to this site’s own host',
		reach: levels('stopped', 'stopped', 'stopped'),
		because: 'The service worker refuses it, from the second visit on. A first visit is open.',
	},
	{
		ways: 'Cookies to this site’s own host',
		reach: levels('open', 'open', 'open'),
		because: 'No browser has a rule against them. The app sets none.',
	},
	{
		ways: 'Your IP address, the time and the version, to this site’s host',
		reach: levels('open', 'open', 'open'),
		because: 'It sends the app’s own files, so it sees who asks.',
	},
];

/** The promise and its limits, in full: the report ends with it. */
export const promise: readonly string[] = [
	'Your activity stays on this device. The app has no server. While a page is open in Chrome or Edge 152 or later, served with our headers, the browser itself refuses connections from the app to any address but the one it was installed from; on every release our tests try more than 90 ways of sending data that do work without these rules, and none gets out.',
	'That address receives requests for the app’s own files, so its host sees your IP address, the time and which version you have; the published code puts nothing you did in the app into those requests.',
	'In browsers without this feature (Safari, Firefox, older Chrome) the app blocks ordinary requests, but a tampered copy of the app could still leak data by opening another page; there you rely on the published, reproducible code.',
	'Data leaves only when you press Export, Save or Share, and you see what leaves first. Data at rest is not encrypted by this version: anyone with the tablet, a malicious browser extension, or malware can read it.',
	'We cannot protect you from a changed app served by the host: compare the fingerprint of this build, shown under Privacy, Check, with the published one.',
];

const SENT_BY = {
	host: 'Read from this page’s own headers.',
	'service-worker': 'The headers were added by the installed app.',
	nobody: 'This site sends no headers of ours.',
} as const;

/** Who sent the policy of this page. */
export function levelSentBy(by: keyof typeof SENT_BY): string {
	return SENT_BY[by];
}

/** What the list of requests shows, in words. */
export function requestsSay(
	requests: readonly Pick<RequestRecord, 'elsewhere' | 'query' | 'selfTest'>[],
): string {
	const own = requests.filter((request) => !request.elsewhere && !request.selfTest);
	const telling = own.filter((request) => request.query).length;
	return [
		'The browser’s own record, of this page and its workers. The service worker keeps the app’s files and answers most requests without a network; what it asks for itself, one fixed list of files, is not in this record.',
		telling
			? `${telling} of them carried more than the address of a file.`
			: 'Each asks for a file by its address, and carries nothing behind a question mark.',
	].join(' ');
}
