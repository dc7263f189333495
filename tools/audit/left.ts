import type { Finding } from './findings';
import type { Walk } from './journeys/walk';
import type { SavedFile } from './journeys/steps';
import { finder, type Mark, searchable } from './marks';

/** Where a mark was met. */
export interface MarkResult {
	readonly what: string;
	readonly step: string;
	/** How many words it has: one that was typed, or as many as there are homes or guests. */
	readonly words: number;
	/** Whether the app keeps it. */
	readonly kept: boolean;
	/** Whether it may stand in a file for others, as the page says that saves it. */
	readonly told: boolean;
	/** Whether it stands in the person's own copy: what is not kept, or not found, proves nothing. */
	readonly inCopy: boolean;
	/** Of the files that were saved for others, those that it stands in. */
	readonly inFiles: readonly string[];
	/** Requests and look-ups that it stands in. */
	readonly inRequests: number;
}

/** A text that left, or tried to. */
interface Sent {
	readonly what: string;
	readonly subject: string;
	readonly where: string;
	readonly step: string;
	/** As it is searched. */
	readonly text: string;
}

/** Everything that the browser was seen to ask, the host to receive, and the network log to hold. */
function sentBy({ atHost, journey, log, recorder }: Walk): Sent[] {
	const textOf = (url: string, headers: object = {}) =>
		searchable([url, ...Object.entries(headers).flat()].join('\n'));
	// What stands behind # is never sent.
	const logged = [
		...log.requests.map(({ url }) => url.replace(/#.*$/, '')),
		...log.lookups.map(({ host }) => host),
	];
	return [
		...recorder.requests.map(({ context, headers, step, url, where }) => ({
			...{ what: `a request of the ${context}`, subject: url, where },
			...{ step: `${journey}: ${step}`, text: textOf(url, headers) },
		})),
		...recorder.violations.map(({ context, step, url, where }) => ({
			...{ what: `a try of the ${context}`, subject: url, where },
			...{ step: `${journey}: ${step}`, text: textOf(url) },
		})),
		...atHost.map(({ headers, method, url }) => ({
			...{ what: 'a request at the host', subject: `${method} ${url}`, where: '' },
			...{ step: journey, text: textOf(url, headers) },
		})),
		...logged.map((subject) => ({
			...{ what: 'the network log', subject, where: '', step: journey },
			text: textOf(subject),
		})),
	];
}

export const filesForOthers = ({ files }: Walk): SavedFile[] =>
	files.filter((file) => file.for === 'others');

/** Everything that a mark was met in. */
interface Met {
	readonly mark: Mark;
	readonly sent: readonly Sent[];
	readonly files: readonly SavedFile[];
	/** All its words stand in the last copy of everything. */
	readonly inCopy: boolean;
}

function metBy(walk: Walk): Met[] {
	const all = sentBy(walk);
	const others = filesForOthers(walk).map((file) => ({ file, text: searchable(file.content) }));
	const copy = walk.files.findLast((file) => file.for === 'copy');
	const copied = copy ? searchable(copy.content) : '';
	return walk.marks.map((mark) => {
		const find = finder(mark.words);
		return {
			mark,
			sent: all.filter(({ text }) => find(text).length > 0),
			files: others.filter(({ text }) => find(text).length > 0).map(({ file }) => file),
			inCopy: find(copied).length === mark.words.length,
		};
	});
}

/** Where each mark of a walk was met. */
export function markResults(walk: Walk): MarkResult[] {
	return metBy(walk).map(({ files, inCopy, mark, sent }) => {
		const { kept, step, told, what, words } = mark;
		const inFiles = files.map(({ name }) => name);
		return {
			...{ what, step, words: words.length, kept, told },
			...{ inCopy, inFiles, inRequests: sent.length },
		};
	});
}

/** A mark that left; or that is not where it should be, so that its absence elsewhere proves nothing. */
export function markFindings(walk: Walk): Finding[] {
	const at = (step: string) => `${walk.journey}: ${step}`;
	return metBy(walk).flatMap(({ files, inCopy, mark, sent }): Finding[] => [
		...sent.map(({ step, subject, what, where }) => ({
			...{ what: `${mark.what} left in ${what}`, subject, where, step },
		})),
		...(mark.told ? [] : files).map(({ name, step }) => ({
			...{ what: `${mark.what} stands in a file for others`, subject: name },
			...{ where: '', step: at(step) },
		})),
		...(mark.told && !walk.stuck && files.length === 0
			? [proves('is not in the file that tells it', mark, at)]
			: []),
		...(mark.kept && !walk.stuck && !inCopy ? [proves('is not in the own copy', mark, at)] : []),
	]);
}

const proves = (lack: string, { step, what }: Mark, at: (step: string) => string): Finding => ({
	what: `${what} ${lack}`,
	subject: 'that it was met nowhere else proves nothing',
	where: '',
	step: at(step),
});

interface Entry {
	readonly what: string;
	readonly subject: string;
	readonly bytes: number;
}

/**
 * What the ledger should have: an entry of its size for every file that was saved before the last copy
 * was made, and for no other; and no file that nobody asked for.
 */
export function ledgerFindings(walk: Walk): Finding[] {
	const { downloads, files, journey, stuck } = walk;
	const finding = (what: string, subject: string, step = ''): Finding => ({
		...{ what, subject, where: '', step: step ? `${journey}: ${step}` : journey },
	});
	const unasked =
		downloads.length > files.length
			? [finding('a file was saved that nobody asked for', downloads.join(', '))]
			: [];
	const copy = files.findLast((file) => file.for === 'copy');
	if (!copy || stuck) return unasked;
	const ledger = ledgerIn(copy);
	if (!ledger) return [...unasked, finding('the copy of everything can not be read', copy.name)];
	const left = ledger.filter(({ what }) => what === 'exported').map(({ bytes }) => bytes);
	const missing = files.slice(0, files.indexOf(copy)).filter(({ content }) => {
		const at = left.indexOf(content.length);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
	return [
		...unasked,
		...missing.map(({ content, name, step }) =>
			finding('the ledger has no entry of a saved file', `${name}, ${content.length} bytes`, step),
		),
		...left.map((bytes) =>
			finding('the ledger has an entry of a file that was not saved', `${bytes} bytes`),
		),
	];
}

function ledgerIn({ content }: SavedFile): readonly Entry[] | undefined {
	try {
		return (JSON.parse(content.toString()) as { ledger?: readonly Entry[] }).ledger;
	} catch {
		return undefined;
	}
}
