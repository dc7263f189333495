import type { Chosen, ExploringPolicy, Placed } from './exploration';

/** An order that goes on from what stands in the list. */
interface Order {
	/** The row that comes next; `undefined` when all are taken. */
	next(): number | undefined;
	take(row: number): void;
}

/**
 * A list that is made place by place: each home by the order or by exploring, and with which chance.
 * Where others fill a place between, order, pool and first places follow what stands.
 */
export class ListFilling<Ranked> {
	readonly #order: Order;
	readonly #policy: ExploringPolicy;
	#first: number | undefined;

	/** @param ranked what is to be said of a home that stands */
	constructor(
		order: Order,
		policy: ExploringPolicy,
		readonly ranked: (placed: Placed) => Ranked,
	) {
		this.#order = order;
		this.#policy = policy;
		this.#first = order.next();
	}

	/** What it puts into the next place, its dice thrown; asked once a place. */
	offer(): Chosen | undefined {
		return this.#first === undefined ? undefined : this.#policy.choose(this.#first);
	}

	/** With which chance it puts a row into the next place, whatever the dice say. */
	chanceOf(row: number): number {
		return this.#first === undefined ? 0 : this.#policy.chanceOf(row, this.#first);
	}

	/** The row stands in the next place now, whoever put it there. */
	take(row: number): void {
		this.#order.take(row);
		this.#policy.take(row);
		this.#first = this.#order.next();
	}

	/** The list that it makes alone, `count` long at most. */
	list(count: number): Ranked[] {
		const list: Ranked[] = [];
		while (list.length < count) {
			const chosen = this.offer();
			if (!chosen) break;
			list.push(this.ranked({ ...chosen, propensity: this.chanceOf(chosen.row) }));
			this.take(chosen.row);
		}
		return list;
	}
}
