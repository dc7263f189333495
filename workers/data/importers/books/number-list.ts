import type { NumberArray } from '$workers/table/column';

/**
 * Numbers that grow: a column of a file whose number of rows is not known before its end. One kind of
 * array within, since code that writes to several kinds runs several times slower in V8.
 */
export class NumberList {
	#values = new Float64Array(1024);
	#count = 0;

	get count(): number {
		return this.#count;
	}

	push(value: number): void {
		if (this.#count === this.#values.length) this.#values = doubled(this.#values);
		this.#values[this.#count++] = value;
	}

	at(index: number): number {
		return this.#values[index] as number;
	}

	set(index: number, value: number): void {
		this.#values[index] = value;
	}

	/** What was pushed, in an array of its own. */
	toArray<Values extends NumberArray>(kind: new (values: Float64Array) => Values): Values {
		return new kind(this.#values.subarray(0, this.#count));
	}
}

/** Unsigned whole numbers that grow, batch by batch. */
export class CodeList {
	#values = new Uint32Array(1024);
	#count = 0;

	/** Takes the codes of some rows. */
	append(codes: Uint32Array, rows: readonly number[]): void {
		while (this.#count + rows.length > this.#values.length) this.#values = doubled(this.#values);
		const values = this.#values;
		let count = this.#count;
		for (const row of rows) values[count++] = codes[row] as number;
		this.#count = count;
	}

	/** What was taken: a view, until more is taken. */
	get values(): Uint32Array {
		return this.#values.subarray(0, this.#count);
	}
}

export function doubled<Values extends NumberArray>(values: Values): Values {
	const Kind = values.constructor as new (length: number) => Values;
	const larger = new Kind(values.length * 2);
	larger.set(values);
	return larger;
}
