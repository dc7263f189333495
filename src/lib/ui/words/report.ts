import type {
	ConsentView,
	DataMap,
	LedgerPage,
	LedgerVerdict,
	ReleaseView,
	RequestRecord,
	SelfTestReport,
	ThisBuild,
} from '$lib/contracts';
import { figures } from './count';
import { bytes, number, smallNumber } from './intl';
import { howMuch, subjectWords, toTheSecond, verdictWords } from './ledger';
import {
	beyondEveryLevel,
	type Headline,
	levelSentBy,
	ledgerWords,
	type PolicyLevel,
	policyLevels,
	promise,
	purposeWords,
	requestsSay,
	retentionWords,
} from './privacy';
import { learnerName, purposeAsked } from './purposes';
import {
	inOrder,
	selfTestPlace,
	selfTestRest,
	selfTestSays,
	selfTestTitle,
	selfTestVerdict,
	stopperWords,
} from './self-test';
import { tableWords } from './tables';
import { dateAndTime } from './time';

/** One part of the report: the page and the saved file show the same. */
export interface ReportPart {
	readonly title: string;
	readonly says: readonly string[];
	readonly table?: {
		readonly columns: readonly string[];
		readonly rows: readonly (readonly string[])[];
	};
}

/** All that the report is written from. What could not be read is `undefined`, and said to be so. */
export interface ReportFacts {
	readonly writtenAt: number;
	readonly browser: string;
	readonly headline: Headline;
	readonly build: ThisBuild | null | undefined;
	readonly level:
		| {
				readonly level: PolicyLevel;
				readonly sentBy: 'host' | 'service-worker' | 'nobody';
				readonly controlled: boolean;
		  }
		| undefined;
	readonly map: DataMap | undefined;
	readonly consent: ConsentView | undefined;
	readonly verdict: LedgerVerdict | undefined;
	readonly ledger: LedgerPage | undefined;
	readonly selfTest: SelfTestReport | undefined;
	readonly requests: readonly RequestRecord[] | undefined;
	readonly releases: ReleaseView | undefined;
}

const UNREAD = 'This could not be read when the report was written.';

/** The report for a privacy officer, part by part. Holds counts, names of stores and fingerprints. */
export function privacyReport(facts: ReportFacts): readonly ReportPart[] {
	return [
		about(facts),
		inShort(facts),
		protection(facts),
		stores(facts),
		models(facts),
		consent(facts),
		ledger(facts),
		selfTest(facts),
		requests(facts),
		releases(facts),
		{ title: 'What is promised, and what is not', says: [...promise, beyondEveryLevel] },
	];
}

function about({ writtenAt, browser, build }: ReportFacts): ReportPart {
	const rows = [
		['Written', dateAndTime(writtenAt)],
		['Browser', browser],
		['Version of the app', build ? `${build.version}, build ${build.build}` : 'Not kept here yet'],
		['Fingerprint of the build', build?.fingerprint ?? 'None'],
		['Signed with the key', build?.signedBy ?? 'Not signed'],
	];
	return { title: 'This report', says: [], table: { columns: ['What', 'Value'], rows } };
}

function inShort({ headline }: ReportFacts): ReportPart {
	return { title: 'In short', says: [headline.title, headline.says] };
}

function protection({ level }: ReportFacts): ReportPart {
	const title = 'Protection in force';
	if (!level) return { title, says: [UNREAD] };
	const words = policyLevels[level.level];
	return {
		title: `${title}: level ${level.level}`,
		says: [
			levelSentBy(level.sentBy),
			words.holds,
			words.open,
			level.controlled
				? ''
				: 'This page was loaded without the service worker; the next load comes through it.',
		].filter(Boolean),
	};
}

function stores({ map }: ReportFacts): ReportPart {
	const title = 'What is stored';
	if (!map) return { title, says: [UNREAD] };
	return {
		title,
		says: [`Drawn from the app’s own declarations, counted ${dateAndTime(map.countedAt)}.`],
		table: {
			columns: ['Store', 'Rows', 'Size', 'Purposes', 'Kept until', 'About a person'],
			rows: map.tables.map((table) => [
				tableWords(table.name),
				number(table.rows),
				bytes(table.bytes),
				purposeWords(table.purposes),
				retentionWords(table),
				table.personal ? 'Yes' : 'No',
			]),
		},
	};
}

function models({ map }: ReportFacts): ReportPart {
	const title = 'What was learned';
	if (!map) return { title, says: [UNREAD] };
	if (!map.models.length) return { title, says: ['Nothing was learned yet.'] };
	return {
		title,
		says: [],
		table: {
			columns: ['Model', 'Learned from', 'Rows', 'Learned', 'Size', 'Stands'],
			rows: map.models.map((model) => [
				learnerName(model.name),
				model.tables.map(tableWords).join(', '),
				model.rows ? number(model.rows) : 'Not known',
				Number.isNaN(model.trainedAt) ? 'Anew each time' : dateAndTime(model.trainedAt),
				bytes(model.bytes),
				model.stale ? 'To be learned anew' : 'Yes',
			]),
		},
	};
}

function consent({ consent: view }: ReportFacts): ReportPart {
	const title = 'Purposes in force';
	if (!view) return { title, says: [UNREAD] };
	return {
		title,
		says: [`${figures(view.receipts.length, 'change')} of consent written down.`],
		table: {
			columns: ['Purpose', 'Granted', 'Stores taken out of it', 'Can be taken back'],
			rows: view.purposes.map((purpose) => [
				purposeAsked(purpose.purpose).title,
				purpose.granted ? 'Yes' : 'No',
				purpose.tables
					.filter((table) => !table.granted)
					.map(({ name }) => tableWords(name))
					.join(', ') || 'None',
				purpose.withdrawable ? 'Yes' : 'No',
			]),
		},
	};
}

function ledger({ verdict, ledger: page }: ReportFacts): ReportPart {
	const title = 'Ledger';
	if (!verdict || !page) return { title, says: [UNREAD] };
	const words = verdictWords(verdict);
	return {
		title,
		says: [
			words.title,
			words.means,
			verdict.head ? `Newest fingerprint: ${verdict.head}` : '',
			page.entries.length
				? `The newest ${number(page.entries.length)} of ${figures(page.total, 'entry', 'entries')}:`
				: '',
		].filter(Boolean),
		table: {
			columns: ['When', 'What', 'Of what', 'Purpose', 'How much', 'Fingerprint'],
			rows: page.entries.map((entry) => [
				toTheSecond(entry.instant),
				ledgerWords(entry.what),
				subjectWords(entry.subject),
				purposeWords([entry.purpose]),
				howMuch(entry),
				entry.fingerprint,
			]),
		},
	};
}

function selfTest({ selfTest: report }: ReportFacts): ReportPart {
	if (!report)
		return {
			title: 'Self-test',
			says: ['It was not run since the app was opened. Run it before the report is saved.'],
		};
	return {
		title: selfTestTitle(report.results),
		says: [
			`${dateAndTime(report.startedAt)}. ${selfTestSays(report)}`,
			selfTestRest(report.results),
		].filter(Boolean),
		table: {
			columns: ['Way out', 'Tried', 'Outcome', 'What stopped it', 'Row of the plan'],
			rows: inOrder(report.results).map((result) => [
				result.name,
				selfTestPlace(result.place),
				selfTestVerdict(result.verdict),
				stopperWords(result),
				result.rows.join(', '),
			]),
		},
	};
}

function requests({ requests: seen }: ReportFacts): ReportPart {
	if (!seen) return { title: 'Requests', says: [UNREAD] };
	const groups = new Map<string, RequestRecord[]>();
	for (const request of seen) {
		const name = placeOf(request);
		groups.set(name, [...(groups.get(name) ?? []), request]);
	}
	return {
		title: `${figures(seen.length, 'request')} since the page was loaded`,
		says: [requestsSay(seen)],
		table: {
			columns: ['Asked for', 'Requests', 'Over the network'],
			rows: [...groups].map(([name, group]) => [
				name,
				number(group.length),
				bytes(group.reduce((sum, request) => sum + request.bytes, 0)),
			]),
		},
	};
}

/** Files of the build stand together: each has the same name for everyone. */
function placeOf({ elsewhere, selfTest: test, path }: RequestRecord): string {
	if (elsewhere) return test ? 'Elsewhere, by the self-test' : `Elsewhere: ${path}`;
	return path.startsWith('/_app/') ? 'Files of the build, /_app/…' : path;
}

function releases({ releases: view }: ReportFacts): ReportPart {
	const title = 'Figures released, and the budget';
	if (!view) return { title, says: [UNREAD] };
	const rule = `Each figure stands for at least ${view.minimumPeople} people and ${view.minimumProperties} homes, with noise added.`;
	if (!view.years.length && !view.releases.length)
		return { title, says: ['Nothing was released.', rule] };
	return {
		title,
		says: [`${figures(view.releases.length, 'release')}. ${rule}`],
		table: {
			columns: ['Year of the data', 'Spent, ε', 'Allowed, ε', 'Spent, δ', 'Allowed, δ'],
			rows: view.years.map((year) => [
				String(year.year),
				...[year.epsilonSpent, year.epsilonAllowed, year.deltaSpent, year.deltaAllowed].map(
					(spent) => smallNumber(spent),
				),
			]),
		},
	};
}
