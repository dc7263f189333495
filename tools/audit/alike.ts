import type { Walk } from './journeys/walk';

/** What two persons' hosts were asked, held against each other. */
export interface Comparison {
	/** Names of the two journeys. */
	readonly persons: readonly [string, string];
	/** Requests for the catalogue and the pack, in their order, of each. */
	readonly offered: readonly [readonly string[], readonly string[]];
	/** Different files of the app that each asked for. */
	readonly files: readonly [number, number];
	/** What differs, a sentence each; nothing where the host can't tell them apart by what they asked. */
	readonly differences: readonly string[];
}

/** Each of both files, first and another day. */
const FEWEST = 4;
const isOffered = ({ url }: { readonly url: string }) => url.startsWith('/catalogue/');

/** With all headers but the host's own name, which is another one for each: none may tell persons apart. */
function offeredTo({ atHost }: Walk): { line: string; headers: string }[] {
	return atHost.filter(isOffered).map(({ headers, method, url }) => ({
		line: `${method} ${url}`,
		headers: Object.entries(headers)
			.filter(([name]) => name !== 'host')
			.map(([name, value]) => `${name}: ${value}`)
			.sort()
			.join(', '),
	}));
}

const filesOf = ({ atHost }: Walk) =>
	new Set(atHost.filter((each) => !isOffered(each)).map(({ method, url }) => `${method} ${url}`));

/** Whether a host that two persons visited was asked the same by both. */
export function compare(left: Walk, right: Walk): Comparison {
	const [ofLeft, ofRight] = [offeredTo(left), offeredTo(right)];
	const linesOf = (all: typeof ofLeft) => all.map(({ line }) => line);
	const [files, otherFiles] = [filesOf(left), filesOf(right)];
	const both = `The ${left.journey} and the ${right.journey}`;
	return {
		persons: [left.journey, right.journey],
		offered: [linesOf(ofLeft), linesOf(ofRight)],
		files: [files.size, otherFiles.size],
		differences: [
			...tooFew(both, [left, right], Math.min(ofLeft.length, ofRight.length)),
			...different(both, ofLeft, ofRight),
			...[...onlyIn(files, otherFiles), ...onlyIn(otherFiles, files)].map(
				(line) => `${both} differ: only one of them asked for ${line}.`,
			),
		],
	};
}

/** Persons who did not come to their end, or asked for nothing, show nothing. */
function tooFew(both: string, walks: readonly Walk[], asked: number): string[] {
	if (walks.some(({ stuck }) => stuck))
		return [`${both} can not be compared: one of them got stuck.`];
	if (asked >= FEWEST) return [];
	return [
		`${both} can not be compared: one of them asked only ${asked} times for what is offered.`,
	];
}

function different(
	both: string,
	left: ReturnType<typeof offeredTo>,
	right: ReturnType<typeof offeredTo>,
): string[] {
	const listOf = (all: typeof left) => all.map(({ line }) => line).join(', ') || 'nothing';
	if (listOf(left) !== listOf(right))
		return [`${both} asked for different things: ${listOf(left)}; and ${listOf(right)}.`];
	return left.flatMap(({ headers, line }, at) =>
		headers === right[at]?.headers
			? []
			: [`${both} sent different headers with ${line}: ${headers}; and ${right[at]?.headers}.`],
	);
}

const onlyIn = (these: ReadonlySet<string>, others: ReadonlySet<string>) =>
	[...these].filter((each) => !others.has(each));
