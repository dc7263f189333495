import { FittedIals, type History } from '$workers/learners/ials';
import type { ItemFactors, ModelPack } from '$workers/packs/pack';
import type { SparseRows } from '$workers/table/sparse';
import { type BlendSettings, alsoWeight, blendSettings, nextWeight } from './blend';
import type { Others, OthersShares, OwnStay } from './others';

/** The place of a home that the pack does not know, and of an item that the catalogue lacks. */
const UNKNOWN = -1;
/** A home that nobody chose counts as one chosen this part of the usual. */
const LEAST_SHARE = 0.1;
/** Folding in needs a penalty above 0. */
const LEAST_PENALTY = 1e-9;

/**
 * What a model pack says of a catalogue's homes, for any history: how often everybody chose a home,
 * what the homes of the history say for it, and where people went after them. Without a history only
 * the first is left. Scores are in the fits of a taste; homes that the pack does not know have 0.
 *
 * The pack must have passed its checks: numbers are taken as they are.
 *
 * @param keys of the catalogue's homes, in its order
 */
export function othersFromPack(
	pack: ModelPack,
	keys: readonly string[],
	settings: BlendSettings = blendSettings,
): Others {
	const places = placesOf(pack, keys);
	const base = baseOf(pack, places, settings.chosen);
	const speaks = pack.factors
		? new FactorsSpeak(pack.factors, places, settings)
		: new WeightsSpeak(pack, places, settings);
	return {
		version: pack.header.version,
		known: Uint8Array.from(places.items, (item) => (item === UNKNOWN ? 0 : 1)),
		fits(history) {
			const fits = base.slice();
			speaks.add(fits, history);
			return fits;
		},
		shares(history, row) {
			const item = places.items[row] ?? UNKNOWN;
			const none = () => new Float64Array(history.length);
			return {
				base: base[row] ?? 0,
				...(item === UNKNOWN ? { also: none(), next: none() } : speaks.shares(history, item)),
			};
		},
	};
}

interface Places {
	/** Item of each row of the catalogue. */
	readonly items: Int32Array;
	/** Row of each item of the pack. */
	readonly rows: Int32Array;
}

function placesOf(pack: ModelPack, keys: readonly string[]): Places {
	const itemOf = new Map(pack.keys.map((key, item) => [key, item]));
	const items = Int32Array.from(keys, (key) => itemOf.get(key) ?? UNKNOWN);
	const rows = new Int32Array(pack.keys.length).fill(UNKNOWN);
	items.forEach((item, row) => {
		if (item !== UNKNOWN) rows[item] = row;
	});
	return { items, rows };
}

/** How often everybody chose each home: the logarithm of its share, 0 on average over those known. */
function baseOf({ chosen }: ModelPack, { items }: Places, weight: number): Float64Array {
	const base = new Float64Array(items.length);
	const total = chosen.reduce((sum, share) => sum + share, 0);
	if (!(total > 0)) return base;
	const least = (LEAST_SHARE * total) / chosen.length;
	let known = 0;
	let sum = 0;
	items.forEach((item, row) => {
		if (item === UNKNOWN) return;
		base[row] = weight * Math.log(Math.max(least, chosen[item] as number));
		sum += base[row] as number;
		known++;
	});
	items.forEach((item, row) => {
		if (item !== UNKNOWN) base[row] = (base[row] as number) - sum / known;
	});
	return base;
}

/** One way in which a history speaks for homes. */
interface Speaks {
	/** Adds to the fit of every row. */
	add(fits: Float64Array, history: readonly OwnStay[]): void;
	shares(history: readonly OwnStay[], item: number): Omit<OthersShares, 'base'>;
}

/** Sparse rows of weights from each home to others. */
class WeightsSpeak implements Speaks {
	readonly #also: SparseRows | null;
	readonly #next: SparseRows | null;
	readonly #places: Places;
	readonly #settings: BlendSettings;
	#last: { readonly history: readonly OwnStay[]; readonly stays: readonly AskedStay[] } | undefined;

	constructor({ also, next }: ModelPack, places: Places, settings: BlendSettings) {
		this.#also = also;
		this.#next = next;
		this.#places = places;
		this.#settings = settings;
	}

	add(fits: Float64Array, history: readonly OwnStay[]): void {
		const { rows } = this.#places;
		for (const { item, also, next } of this.#askedOf(history)) {
			addRow(fits, rows, this.#also, item, also);
			addRow(fits, rows, this.#next, item, next);
		}
	}

	shares(history: readonly OwnStay[], item: number): Omit<OthersShares, 'base'> {
		const also = new Float64Array(history.length);
		const next = new Float64Array(history.length);
		for (const asked of this.#askedOf(history)) {
			also[asked.at] = asked.also * valueAt(this.#also, asked.item, item);
			next[asked.at] = asked.next * valueAt(this.#next, asked.item, item);
		}
		return { also, next };
	}

	/** A list asks about many homes for one history: what its homes count is kept. */
	#askedOf(history: readonly OwnStay[]): readonly AskedStay[] {
		if (this.#last?.history !== history) this.#last = { history, stays: this.#stays(history) };
		return this.#last.stays;
	}

	#stays(history: readonly OwnStay[]): AskedStay[] {
		const amount = amountOf(history);
		return history.flatMap(({ row, weight }, at) => {
			const item = this.#places.items[row] as number;
			if (item === UNKNOWN) return [];
			const also = alsoWeight(weight, amount, this.#settings);
			const next = nextWeight(weight, history.length - 1 - at, this.#settings);
			return [{ at, item, also, next }];
		});
	}
}

/** A home of a history that the pack knows, and what it counts in each way. */
interface AskedStay {
	/** Place in the history. */
	readonly at: number;
	readonly item: number;
	readonly also: number;
	readonly next: number;
}

/** Item factors, with the history folded in; they know no order. */
class FactorsSpeak implements Speaks {
	readonly #values: Float32Array;
	readonly #model: FittedIals;
	readonly #places: Places;
	readonly #knownRows: KnownRows;
	readonly #weight: number;
	#last: Asked | undefined;

	constructor(factors: ItemFactors, places: Places, settings: BlendSettings) {
		const { size, values, unobserved, penalty } = factors;
		this.#values = values;
		this.#model = FittedIals.fromFactors(values, size, {
			unseenWeight: unobserved,
			ridge: Math.max(LEAST_PENALTY, penalty),
			frequencyPower: 0,
		});
		this.#places = places;
		this.#knownRows = knownRowsOf(places);
		this.#weight = settings.factors;
	}

	add(fits: Float64Array, history: readonly OwnStay[]): void {
		const { columns, values } = this.#known(history);
		if (columns.length === 0) return;
		const person = this.#model.foldIn({ columns, values });
		addProducts(
			fits,
			this.#knownRows,
			this.#values,
			person.map((value) => this.#weight * value),
		);
	}

	shares(history: readonly OwnStay[], item: number): Omit<OthersShares, 'base'> {
		const also = new Float64Array(history.length);
		const { stays, sharesOf } = this.#asked(history);
		sharesOf(item).forEach((share, i) => {
			also[stays[i] as number] = this.#weight * share;
		});
		return { also, next: new Float64Array(history.length) };
	}

	/** A list asks about many homes for one history: what hangs on the history alone is made once. */
	#asked(history: readonly OwnStay[]): Asked {
		if (this.#last?.history === history) return this.#last;
		const { stays, ...known } = this.#known(history);
		this.#last = { history, stays, sharesOf: this.#model.sharesFor(known) };
		return this.#last;
	}

	#known(history: readonly OwnStay[]): History & { readonly stays: readonly number[] } {
		const stays = [...history.keys()].filter((i) => this.#itemOf(history[i]) !== UNKNOWN);
		return {
			stays,
			columns: stays.map((i) => this.#itemOf(history[i])),
			values: stays.map((i) => history[i]?.weight ?? 0),
		};
	}

	#itemOf(stay: OwnStay | undefined): number {
		return stay ? (this.#places.items[stay.row] ?? UNKNOWN) : UNKNOWN;
	}
}

/** The rows of the catalogue that a pack knows, and beside them their items. */
interface KnownRows {
	readonly rows: Uint32Array;
	readonly items: Uint32Array;
}

function knownRowsOf({ items }: Places): KnownRows {
	const rows = Uint32Array.from(items.keys()).filter((row) => items[row] !== UNKNOWN);
	return { rows, items: Uint32Array.from(rows, (row) => items[row] as number) };
}

/** What is kept of the history that was asked about last. */
interface Asked {
	readonly history: readonly OwnStay[];
	/** Places in the history of the homes that the pack knows. */
	readonly stays: readonly number[];
	readonly sharesOf: (item: number) => Float64Array;
}

/** Adds to the row of each item the product of its factor with a person's. */
function addProducts(
	fits: Float64Array,
	{ items, rows }: KnownRows,
	factors: Float32Array,
	person: Float64Array,
): void {
	const size = person.length;
	const blocks = rows.length - (rows.length % 4);
	// Four homes side by side: sums need not wait for each other, and the person is read once for all.
	for (let i = 0; i < blocks; i += 4) {
		const p = (items[i] as number) * size;
		const q = (items[i + 1] as number) * size;
		const r = (items[i + 2] as number) * size;
		const s = (items[i + 3] as number) * size;
		let [a, b, c, d] = [0, 0, 0, 0];
		let k = 0;
		for (; k + 1 < size; k += 2) {
			const v = person[k] as number;
			const w = person[k + 1] as number;
			a += (factors[p + k] as number) * v + (factors[p + k + 1] as number) * w;
			b += (factors[q + k] as number) * v + (factors[q + k + 1] as number) * w;
			c += (factors[r + k] as number) * v + (factors[r + k + 1] as number) * w;
			d += (factors[s + k] as number) * v + (factors[s + k + 1] as number) * w;
		}
		if (k < size) {
			const v = person[k] as number;
			a += (factors[p + k] as number) * v;
			b += (factors[q + k] as number) * v;
			c += (factors[r + k] as number) * v;
			d += (factors[s + k] as number) * v;
		}
		addAt(fits, rows[i] as number, a);
		addAt(fits, rows[i + 1] as number, b);
		addAt(fits, rows[i + 2] as number, c);
		addAt(fits, rows[i + 3] as number, d);
	}
	for (let i = blocks; i < rows.length; i++) {
		const at = (items[i] as number) * size;
		let sum = 0;
		for (let k = 0; k < size; k++) sum += (factors[at + k] as number) * (person[k] as number);
		addAt(fits, rows[i] as number, sum);
	}
}

function addAt(fits: Float64Array, row: number, value: number): void {
	fits[row] = (fits[row] as number) + value;
}

const amountOf = (history: readonly OwnStay[]) =>
	history.reduce((sum, { weight }) => sum + weight, 0);

function addRow(
	fits: Float64Array,
	rowOf: Int32Array,
	rows: SparseRows | null,
	item: number,
	factor: number,
): void {
	if (!rows) return;
	const end = rows.starts[item + 1] as number;
	for (let at = rows.starts[item] as number; at < end; at++) {
		const row = rowOf[rows.columns[at] as number] as number;
		if (row === UNKNOWN) continue;
		fits[row] = (fits[row] as number) + factor * (rows.values[at] as number);
	}
}

function valueAt(rows: SparseRows | null, item: number, column: number): number {
	if (!rows) return 0;
	let sum = 0;
	const end = rows.starts[item + 1] as number;
	for (let at = rows.starts[item] as number; at < end; at++)
		if (rows.columns[at] === column) sum += rows.values[at] as number;
	return sum;
}
