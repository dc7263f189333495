import type { Random } from '$workers/math/random';

/** Which of two rankers put a row where it is. */
export type Team = 'a' | 'b';

/** A row of a ranker's list, with the chance with which that ranker put it there. */
export interface Offered {
	readonly row: number;
	readonly propensity: number;
}

export interface Drafted<Row extends Offered> {
	readonly team: Team;
	/** The row as its team offered it. */
	readonly offered: Row;
	/** Given the places before it: the chance of the coin times that of the ranker, of both where both offer it. */
	readonly propensity: number;
}

/**
 * One list of two, so that neither ranker is favoured: whoever has placed fewer comes next, a fair
 * coin decides where both have placed as many, and who comes next places its best row that is not
 * there yet (team draft, Radlinski, Kurup and Joachims 2008). Ends where `count` stand or both lists
 * are used up.
 */
export function teamDraft<Row extends Offered>(
	lists: Readonly<Record<Team, readonly Row[]>>,
	count: number,
	coin: Random,
): Drafted<Row>[] {
	const placed = new Set<number>();
	const sizes = { a: 0, b: 0 };
	const next = (team: Team) => lists[team].find(({ row }) => !placed.has(row));
	const drafted: Drafted<Row>[] = [];
	while (drafted.length < count) {
		const offers = { a: next('a'), b: next('b') };
		const chances = chancesOf(offers, sizes);
		// One draw a place, used or not: the same seed gives the same teams.
		const team = coin.next() < chances.a ? 'a' : 'b';
		const offered = offers[team];
		if (!offered) break;
		placed.add(offered.row);
		sizes[team]++;
		drafted.push({ team, offered, propensity: propensityOf(offered.row, offers, chances) });
	}
	return drafted;
}

type Offers = Readonly<Record<Team, Offered | undefined>>;
type Chances = Readonly<Record<Team, number>>;

/** The chance that a team comes next; a team without a row to offer does not. */
function chancesOf(offers: Offers, sizes: Readonly<Record<Team, number>>): Chances {
	if (!offers.a || !offers.b) return { a: offers.a ? 1 : 0, b: offers.b ? 1 : 0 };
	if (sizes.a === sizes.b) return { a: 0.5, b: 0.5 };
	return sizes.a < sizes.b ? { a: 1, b: 0 } : { a: 0, b: 1 };
}

function propensityOf(row: number, offers: Offers, chances: Chances): number {
	const of = (team: Team) =>
		offers[team]?.row === row ? chances[team] * offers[team].propensity : 0;
	return of('a') + of('b');
}

/** What both rankers were credited with in one visit. */
export type Credit = Readonly<Record<Team, number>>;

export interface InterleavingTest {
	/** Visits in which one of them was credited with more. */
	readonly wins: Readonly<Record<Team, number>>;
	/** Visits with credit for both alike. */
	readonly ties: number;
	/** Who had more of the credit when there was most evidence. */
	readonly leader: Team;
	/** Money won by betting against "both are alike", 1 at first; never above 20 but one time in 20. */
	readonly evidence: number;
	/** At most this is the chance of so much evidence where both are alike, whenever one looks. */
	readonly pValue: number;
}

/** Stakes mixed alike: the best of them is never far. */
const STAKES = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Whether one of two interleaved rankers gets more of what is done, tested by betting: each visit's
 * share of credit is one half on average where both are alike, so no fixed stake against that wins
 * in the long run, and a mixture of stakes does not either (Ville 1939; Waudby-Smith and Ramdas
 * 2024). One may look after every visit and stop at will: the p-value stays right. Visits without
 * credit say nothing.
 *
 * @param credits of each visit, oldest first
 */
export function interleavingTest(credits: readonly Credit[]): InterleavingTest {
	const money = STAKES.map(() => 1);
	const wins = { a: 0, b: 0 };
	let ties = 0;
	let most = 1;
	let evidence = 1;
	let excessSoFar = 0;
	let leader: Team = 'a';
	for (const { a, b } of credits) {
		requireCredit(a, b);
		if (a + b === 0) continue;
		if (a === b) ties++;
		else wins[a > b ? 'a' : 'b']++;
		const excess = (a - b) / (a + b);
		STAKES.forEach((stake, i) => (money[i] = (money[i] as number) * (1 + stake * excess)));
		evidence = money.reduce((sum, each) => sum + each, 0) / money.length;
		excessSoFar += excess;
		if (evidence > most) leader = excessSoFar > 0 ? 'a' : 'b';
		most = Math.max(most, evidence);
	}
	return { wins, ties, leader, evidence, pValue: 1 / most };
}

function requireCredit(a: number, b: number): void {
	if (!(a >= 0 && b >= 0 && Number.isFinite(a + b)))
		throw new RangeError('a credit is not a finite number from 0 on');
}
