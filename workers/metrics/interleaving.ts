import type { Random } from '$workers/math/random';

/** Which of two rankers put a row where it is. */
export type Team = 'a' | 'b';

/**
 * A way of ranking that fills a list place by place and says with which chance. Between its places
 * others may fill some: what it says holds given all that stands.
 */
export interface PlaceRanker<Offer extends { readonly row: number }> {
	/** What it puts into the next place, its own dice thrown; `undefined` for good where no row is left. Asked once a place. */
	offer(): Offer | undefined;
	/** With which chance it puts a row into the next place, whatever its dice say; all rows sum to 1. */
	chanceOf(row: number): number;
	/** The row stands in the next place now, whoever put it there. */
	take(row: number): void;
}

export interface Drafted<Offer> {
	readonly team: Team;
	/** The row as its team offered it. */
	readonly offered: Offer;
	/** The chance of this row here given the rows before it, whichever team puts it there. */
	readonly propensity: number;
}

type Rankers<Offer extends { readonly row: number }> = Readonly<Record<Team, PlaceRanker<Offer>>>;
type Chances = Readonly<Record<Team, number>>;
const EITHER: Chances = { a: 0.5, b: 0.5 };

/**
 * One list of two, so that neither ranker is favoured: whoever has placed fewer comes next, a fair
 * coin decides where both have placed as many, and who comes next places its best row that is not
 * there yet (team draft, Radlinski, Kurup and Joachims 2008). A ranker whose rows are used up is
 * passed over.
 *
 * The propensity is exact: that of each ranker, times the chance that its turn is next. Who filled
 * the first place of a pair is not seen in the list; the chance of that is by what was put there.
 */
export class TeamDraft<Offer extends { readonly row: number }> {
	readonly #rankers: Rankers<Offer>;
	readonly #coin: Random;
	/** Who fills the second place of the pair; `undefined` before its first. */
	#second: Team | undefined;
	/** The same as far as the rows alone tell. */
	#believed = EITHER;
	#offers: Readonly<Record<Team, Offer | undefined>>;

	constructor(rankers: Rankers<Offer>, coin: Random) {
		this.#rankers = rankers;
		this.#coin = coin;
		this.#offers = this.#asked();
	}

	/** Fills the next place; `undefined` where both are used up. */
	place(): Drafted<Offer> | undefined {
		// One draw a place, used or not: the same seed gives the same teams.
		const tossed: Team = this.#coin.next() < 0.5 ? 'a' : 'b';
		const turn = this.#second ?? tossed;
		const team = this.#offers[turn] ? turn : other(turn);
		const offered = this.#offers[team];
		if (!offered) return undefined;
		const { a, b } = this.#chancesOf(offered.row);
		const propensity = a + b;
		this.#believed = this.#second ? EITHER : { a: b / propensity, b: a / propensity };
		this.#second = this.#second ? undefined : other(team);
		for (const ranker of Object.values(this.#rankers)) ranker.take(offered.row);
		this.#offers = this.#asked();
		// Sums of shares may pass 1 by a rounding.
		return { team, offered, propensity: Math.min(1, propensity) };
	}

	/** With which chance a row gets the next place, given the rows before it. */
	chanceOf(row: number): number {
		const { a, b } = this.#chancesOf(row);
		return a + b;
	}

	#asked(): Readonly<Record<Team, Offer | undefined>> {
		return { a: this.#rankers.a.offer(), b: this.#rankers.b.offer() };
	}

	/** That each of them puts it there. */
	#chancesOf(row: number): Chances {
		const of = (team: Team) => {
			if (!this.#offers[team]) return 0;
			const turn = this.#offers[other(team)] ? this.#believed[team] : 1;
			return turn * this.#rankers[team].chanceOf(row);
		};
		return { a: of('a'), b: of('b') };
	}
}

const other = (team: Team): Team => (team === 'a' ? 'b' : 'a');

/** A draft of `count` places; fewer where both are used up. */
export function teamDraft<Offer extends { readonly row: number }>(
	rankers: Rankers<Offer>,
	count: number,
	coin: Random,
): Drafted<Offer>[] {
	const draft = new TeamDraft(rankers, coin);
	const drafted: Drafted<Offer>[] = [];
	while (drafted.length < count) {
		const next = draft.place();
		if (!next) break;
		drafted.push(next);
	}
	return drafted;
}

/** A list that was made before: of its rows, the next that does not stand yet, for certain. */
export class FixedOrder implements PlaceRanker<{ readonly row: number }> {
	readonly #rows: readonly number[];
	readonly #taken = new Set<number>();

	constructor(rows: Iterable<number>) {
		this.#rows = [...rows];
	}

	offer(): { readonly row: number } | undefined {
		const row = this.#rows.find((each) => !this.#taken.has(each));
		return row === undefined ? undefined : { row };
	}

	chanceOf(row: number): number {
		return Number(this.offer()?.row === row);
	}

	take(row: number): void {
		this.#taken.add(row);
	}
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
