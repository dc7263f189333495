import type { NumberArray } from '$workers/table/column';

type Kind<Values extends NumberArray> = new (length: number) => Values;

/** A typed array that grows: columns of a file whose number of rows is not known before its end. */
export class NumberList<Values extends NumberArray> {
	readonly #kind: Kind<Values>;
	#values: Values;
	#count = 0;

	constructor(kind: Kind<Values>) {
		this.#kind = kind;
		this.#values = new kind(1024);
	}

	get count(): number {
		return this.#count;
	}

	push(value: number): void {
		if (this.#count === this.#values.length) this.#grow();
		this.#values[this.#count++] = value;
	}

	at(index: number): number {
		return this.#values[index] as number;
	}

	set(index: number, value: number): void {
		this.#values[index] = value;
	}

	/** What was pushed, copied to its own length. */
	toArray(): Values {
		return this.#values.slice(0, this.#count) as Values;
	}

	#grow(): void {
		const larger = new this.#kind(this.#values.length * 2);
		larger.set(this.#values);
		this.#values = larger;
	}
}
