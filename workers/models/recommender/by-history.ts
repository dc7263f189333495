import type { StandingActs } from './act-ledger';
import type { OthersParts } from './contributions';
import { DAY_MILLISECONDS } from './observations';
import type { Others, OwnStay } from './others';
import { OwnHistory, ownHistory } from './own-history';

/**
 * What the own history says for homes beside what was learned of their features. A function of the
 * acts that stand and the day: each answer is kept until one of them changes.
 */
export class ByHistory {
	readonly #others: Others | null;
	readonly #standing: StandingActs;
	readonly #halfLifeDays: number;
	#day: number;
	#stays: OwnHistory | undefined;
	#history: readonly OwnStay[] | undefined;
	#fits: Float64Array | null | undefined;

	/**
	 * @param standing the acts that count; whoever changes them says so
	 * @param day civil day from which the age of an act is counted
	 */
	constructor(
		others: Others | null,
		standing: StandingActs,
		{ day, halfLifeDays }: { readonly day: number; readonly halfLifeDays: number },
	) {
		this.#others = others;
		this.#standing = standing;
		this.#day = day;
		this.#halfLifeDays = halfLifeDays;
	}

	/** Of other acts on these homes. */
	changed(rows: Iterable<number>): void {
		for (const row of rows) this.#stays?.set(row, this.#standing.get(row) ?? []);
		this.#history = undefined;
	}

	/** Another day. */
	advance(day: number): void {
		this.#day = day;
		this.#stays = undefined;
		this.#history = undefined;
	}

	/** What others' behaviour adds to the fit of every row; `null` where nothing is known of it. */
	fits(): Float64Array | null {
		const history = this.#newest();
		if (this.#fits === undefined) this.#fits = this.#others?.fits(history) ?? null;
		return this.#fits;
	}

	/** The same if these were the acts that count. */
	fitsOf(standing: StandingActs): Float64Array | null {
		return this.#others?.fits(ownHistory(standing, this.#fade())) ?? null;
	}

	/** What it says of one home. */
	parts(row: number): OthersParts | undefined {
		if (!this.#others) return undefined;
		const history = this.#newest();
		return { history, shares: this.#others.shares(history, row) };
	}

	#newest(): readonly OwnStay[] {
		if (!this.#history) {
			this.#stays ??= new OwnHistory(this.#standing, this.#fade());
			this.#history = this.#stays.newest();
			this.#fits = undefined;
		}
		return this.#history;
	}

	/** What an act still counts on the day. */
	#fade(): (instant: number) => number {
		const [today, halfLifeDays] = [this.#day, this.#halfLifeDays];
		return (instant) => 2 ** (-(today - Math.floor(instant / DAY_MILLISECONDS)) / halfLifeDays);
	}
}
