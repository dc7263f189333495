import type { StandingActs } from './act-ledger';
import type { CatalogueModel } from './catalogue-model';
import { type LikenessShares, LikenessToOwn, mostWanted } from './likeness-to-own';
import { DAY_MILLISECONDS } from './observations';
import type { Others, OthersShares, OwnStay } from './others';
import { OwnHistory, allStays, newestOf } from './own-history';

/** What the own history adds to the fit of every row. */
export interface HistoryFits {
	/** By others' behaviour; `null` where nothing is known of it. */
	readonly others: Float64Array | null;
	/** By likeness to the own homes. */
	readonly likeness: Float64Array | null;
}

/** The same of one row, by its parts. */
export interface HistoryParts {
	/** What others' behaviour says of the home. */
	readonly others: OthersParts | null;
	readonly likeness: LikenessShares | null;
}

export interface OthersParts {
	readonly shares: OthersShares;
	/** Beside the shares. */
	readonly history: readonly OwnStay[];
}

/** One history, as each part looks at it. */
interface Known {
	readonly newest: readonly OwnStay[];
	readonly wanted: readonly OwnStay[];
}

/**
 * What the own history says for homes beside what was learned of their features. A function of the
 * acts that stand and the day: each answer is kept until one of them changes.
 */
export class ByHistory {
	readonly #others: Others | null;
	readonly #likeness: LikenessToOwn;
	readonly #standing: StandingActs;
	readonly #halfLifeDays: number;
	#day: number;
	#stays: OwnHistory | undefined;
	#known: Known | undefined;
	#fits: HistoryFits | undefined;

	/**
	 * @param standing the acts that count; whoever changes them says so
	 * @param day civil day from which the age of an act is counted
	 */
	constructor(
		{ likeness, settings }: CatalogueModel,
		others: Others | null,
		standing: StandingActs,
		day: number,
	) {
		this.#others = others;
		this.#likeness = new LikenessToOwn(likeness, settings.likeness);
		this.#standing = standing;
		this.#halfLifeDays = settings.halfLifeDays;
		this.#day = day;
	}

	/** Of other acts on these homes. */
	changed(rows: Iterable<number>): void {
		for (const row of rows) this.#stays?.set(row, this.#standing.get(row) ?? []);
		this.#known = undefined;
	}

	/** Another day. */
	advance(day: number): void {
		this.#day = day;
		this.#stays = undefined;
		this.#known = undefined;
	}

	/** For the acts that count. */
	fits(): HistoryFits {
		const { newest, wanted } = this.#now();
		this.#fits ??= {
			others: this.#others?.fits(newest) ?? null,
			likeness: this.#likeness.fits(wanted),
		};
		return this.#fits;
	}

	/** The same if these were the acts that count. */
	fitsIf(standing: StandingActs): HistoryFits {
		const stays = allStays(standing, this.#fade());
		return {
			others: this.#others?.fits(newestOf(stays)) ?? null,
			likeness: this.#likeness.fitsIf(mostWanted(stays)),
		};
	}

	/** For the acts that count, of one row. */
	parts(row: number): HistoryParts {
		const { newest, wanted } = this.#now();
		const shares = this.#others?.shares(newest, row);
		return {
			others: shares ? { shares, history: newest } : null,
			likeness: this.#likeness.shares(wanted, row),
		};
	}

	#now(): Known {
		if (!this.#known) {
			this.#stays ??= new OwnHistory(this.#standing, this.#fade());
			this.#known = { newest: this.#stays.newest(), wanted: mostWanted(this.#stays.stays) };
			this.#fits = undefined;
		}
		return this.#known;
	}

	/** What an act still counts on the day. */
	#fade(): (instant: number) => number {
		const [today, halfLifeDays] = [this.#day, this.#halfLifeDays];
		return (instant) => 2 ** (-(today - Math.floor(instant / DAY_MILLISECONDS)) / halfLifeDays);
	}
}
