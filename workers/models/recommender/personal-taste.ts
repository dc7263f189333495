import type {
	Explanation,
	FeatureName,
	ForYou,
	ForYouRequest,
	RankedHome,
	Reason,
	TasteEdit,
	TasteWeight,
} from '$lib/contracts';
import { FittedLinear } from '$workers/learners/bayesian-linear';
import { seededRandom } from '$workers/math/random';
import { topPlaces } from '$workers/math/top';
import { ActLedger, type LedgerChange } from './act-ledger';
import type { TasteAct } from './acts';
import {
	type AppliedWeights,
	type FitSources,
	applyEdits,
	fitOf,
	fitSources,
	fitsOf,
	gainBy,
	OTHERS_KEY,
} from './applied-weights';
import { ByHistory } from './by-history';
import type { CatalogueModel } from './catalogue-model';
import { briefly, contributionsOf } from './contributions';
import { type CounterfactualRow, counterfactualsOf, placeOf } from './counterfactuals';
import { Evidence } from './evidence';
import {
	ExploringPolicy,
	type Placed,
	type PoolDraws,
	TasteNoise,
	drawScores,
} from './exploration';
import { type Leaning, leaningOf } from './leanings';
import { ListFilling } from './list-filling';
import { tilt } from './novelty';
import { DAY_MILLISECONDS, observationsOf } from './observations';
import type { Others } from './others';
import { PAIR_STEPS, informativePair } from './pairs';
import { reasonFor } from './reasons';
import { tasteWeights } from './taste-summary';
import { VariedOrder } from './varied-order';
import { whatIfOf } from './what-if';

/** Named in every impression: which rules ordered the list. */
const RANKER = 'taste-3';

/** A home of the list; the row stands for the property's number. */
export interface RankedRow extends Omit<RankedHome, 'property'> {
	readonly row: number;
}

export interface RankedRows extends Omit<ForYou, 'homes' | 'milliseconds'> {
	readonly homes: readonly RankedRow[];
}

/** Homes that may be explored: every so many of the best, down to this place. */
const POOL = 48;
const POOL_REACH = 960;
/** Of how many homes a place chooses from the best, at no and at full variety. */
const CANDIDATES = { least: 4, more: 12 };
const COUNTED_AMONG = 20;

/**
 * One person's taste over one catalogue: learns from acts, forgets them, takes the person's own word,
 * and ranks. Synchronous and without storage. What an act costs does not depend on how many came
 * before; the state depends on which acts are known, not on their order.
 */
export class PersonalTaste {
	readonly #model: CatalogueModel;
	readonly #head: FittedLinear;
	readonly #ledger = new ActLedger();
	readonly #evidence: Evidence;
	readonly #byHistory: ByHistory;
	#edits: ReadonlyMap<string, TasteEdit> = new Map();
	#applied: AppliedWeights | undefined;
	#fits: Float64Array | undefined;
	readonly #others: Others | null;
	/** As the list weighs them; written anew for every list. */
	#open: Float64Array | undefined;
	#noise = new TasteNoise(0);
	/** Counts changes: who answers in steps must not mix two states. */
	#state = 0;

	/**
	 * @param now UTC milliseconds: what age is counted from
	 * @param others what others' behaviour teaches, where a pack is kept
	 */
	constructor(model: CatalogueModel, now: number, others: Others | null = null) {
		this.#model = model;
		this.#others = others;
		this.#head = new FittedLinear(model.prior, {
			halfLifeDays: model.settings.halfLifeDays,
			asOf: dayOf(now),
			noise: model.settings.noise,
		});
		this.#evidence = new Evidence(model.features.rows);
		this.#byHistory = new ByHistory(model, others, this.#ledger.standing, dayOf(now));
	}

	/** A taste over the same catalogue that has learned nothing yet. */
	blank(now: number): PersonalTaste {
		return new PersonalTaste(this.#model, now, this.#others);
	}

	/** What it knows of the catalogue. */
	get model(): CatalogueModel {
		return this.#model;
	}

	/** What others' behaviour teaches; `null` without a pack, and where the person has switched it off. */
	get others(): Others | null {
		return this.#edits.get(OTHERS_KEY)?.off ? null : this.#others;
	}

	/** Named in every impression: which rules ordered the list, and which pack. */
	get ranker(): string {
		return this.#others ? `${RANKER}+pack${this.#others.version}` : RANKER;
	}

	/** Acts that count, impressions left out. */
	get learnedFrom(): number {
		return this.#evidence.acts;
	}

	/** Learns from acts; one that is known already changes nothing. */
	observe(acts: readonly TasteAct[]): void {
		this.#change(this.#ledger.add(acts));
	}

	/** Leaves what never knowing these acts would have left. */
	forget(sequences: readonly number[]): void {
		this.#change(this.#ledger.remove(sequences));
	}

	/** All that the person has said of features; replaces what was said before. */
	edit(edits: readonly TasteEdit[]): void {
		this.#edits = new Map(edits.map((edit) => [edit.key, edit]));
		this.#reset();
	}

	/** The fit of every row. */
	fits(now: number): Float64Array {
		this.#advance(now);
		this.#fits ??= fitsOf(this.#model, this.#weights());
		return this.#fits;
	}

	/** Where the fit of every row comes from: the person's own word and acts, popularity, others. */
	sources(now: number): FitSources {
		const fits = this.fits(now);
		return fitSources(this.#model, this.#weights(), fits);
	}

	/**
	 * The list, deterministic for one seed: best first, varied as asked, with some places given to
	 * homes that the model is unsure of.
	 *
	 * @param hidden rows that are not to be shown, e.g. dismissed ones
	 */
	forYou(request: ForYouRequest, hidden: Iterable<number> = []): RankedRows {
		return this.listOf(this.filling(request, hidden).list(request.count));
	}

	/**
	 * As `forYou`, asked place by place, for who puts other homes between.
	 *
	 * @param dice of exploring; the tastes that are drawn hang on the seed of the request alone
	 */
	filling(
		{ count, variety, novelty, now, seed }: ForYouRequest,
		hidden: Iterable<number> = [],
		dice = seededRandom(seed),
	): ListFilling<RankedRow> {
		const open = this.#copied(this.fits(now));
		tilt(open, this.#model.familiarity, novelty);
		for (const row of hidden) open[row] = Number.NEGATIVE_INFINITY;
		const ranking = topPlaces(
			open,
			Math.max(count * (CANDIDATES.least + CANDIDATES.more), POOL_REACH),
		);
		const spread = Math.ceil(count * (CANDIDATES.least + CANDIDATES.more * variety));
		const order = new VariedOrder(this.#model, ranking.subarray(0, spread), open, variety);
		const policy = new ExploringPolicy(this.#pool(ranking, open, seed), dice);
		return new ListFilling(order, policy, (placed) => this.#ranked(placed));
	}

	/** A list of these homes, with what is said of it as a whole. */
	listOf(homes: readonly RankedRow[]): RankedRows {
		const { familiarity, neighbourhoods } = this.#model;
		const first = homes.slice(0, COUNTED_AMONG).map(({ row }) => row);
		return {
			homes,
			ranker: this.ranker,
			learnedFrom: this.learnedFrom,
			neighbourhoods: new Set(first.map((row) => neighbourhoods[row])).size,
			littleKnown: first.filter((row) => familiarity.littleKnown[row]).length,
		};
	}

	/**
	 * What the model says of one home, whole.
	 *
	 * @param hidden rows that are not to be suggested: they take no place
	 */
	explain(row: number, now: number, hidden: Iterable<number> = []): Explanation {
		const fits = this.fits(now);
		const fit = fits[row] as number;
		const parts = this.#parts(row);
		const closed = this.#closed(hidden, row);
		return {
			fit,
			uncertainty: this.#head.deviation(this.#model.features.rows, row),
			contributions: parts,
			reason: this.#reason(row, parts),
			percentile: countBelow(fits, fit) / fits.length,
			place: placeOf(fits, { closed, row }),
			among: closed.reduce((open, one) => open - one, fits.length),
		};
	}

	/**
	 * What would move one home, found by doing it on a copy. In steps of a few milliseconds, so that the
	 * list is never waited for; nothing is told where the taste changes meanwhile.
	 *
	 * @param hidden rows that are not to be suggested: they take no place
	 */
	*counterfactuals(
		row: number,
		now: number,
		hidden: Iterable<number> = [],
	): Generator<undefined, CounterfactualRow[]> {
		const whatIf = whatIfOf(
			{
				model: this.#model,
				head: this.#head,
				ledger: this.#ledger,
				byHistory: this.#byHistory,
				edits: [...this.#edits.values()],
				fits: this.fits(now),
				applied: this.#weights(),
			},
			row,
		);
		const state = this.#state;
		const steps = counterfactualsOf(whatIf, { closed: this.#closed(hidden, row), row });
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done) return step.value;
			yield;
			if (this.#state !== state) return [];
		}
	}

	/** What was learned, in words and weights. */
	weights(now: number): readonly TasteWeight[] {
		this.#advance(now);
		return tasteWeights({
			model: this.#model,
			head: this.#head,
			evidence: this.#evidence,
			applied: this.#weights(),
			edits: this.#edits,
		});
	}

	/** What is made of a feature, by its key, or of the best of a group; absent where unknown. */
	leaning(tag: string, now: number): Leaning | undefined {
		this.#advance(now);
		return leaningOf(
			{
				model: this.#model,
				head: this.#head,
				applied: this.#weights(),
				evidence: this.#evidence,
				edits: this.#edits,
			},
			tag,
		);
	}

	/**
	 * "Which of these two?": rows for step 1 to 5, `null` after. What is chosen and passed comes back
	 * as acts.
	 */
	pair(
		step: number,
		seed: number,
		now: number,
		hidden: Iterable<number> = [],
	): readonly [left: number, right: number] | null {
		if (step < 1 || step > PAIR_STEPS) return null;
		const open = this.fits(now).slice();
		const asked = [...this.#evidence.homes('choose'), ...this.#evidence.homes('pass')];
		for (const row of [...hidden, ...asked]) open[row] = Number.NEGATIVE_INFINITY;
		return informativePair(this.#model, this.#head, open, seededRandom(`${seed}/${step}`));
	}

	#change({ begin, cease }: LedgerChange): void {
		this.#head.forget(observationsOf(this.#model, cease));
		this.#head.update(observationsOf(this.#model, begin));
		for (const act of cease) this.#evidence.remove(act);
		for (const act of begin) this.#evidence.add(act);
		this.#byHistory.changed(new Set([...cease, ...begin].map((act) => act.row)));
		this.#reset();
	}

	#advance(now: number): void {
		const day = dayOf(now);
		if (day === this.#head.asOf) return;
		this.#head.advance(day);
		this.#byHistory.advance(day);
		this.#reset();
	}

	#reset(): void {
		this.#state++;
		this.#applied = undefined;
		this.#fits = undefined;
	}

	#weights(): AppliedWeights {
		this.#applied ??= applyEdits(
			this.#model,
			this.#head.weights(),
			[...this.#edits.values()],
			this.#byHistory.fits(),
		);
		return this.#applied;
	}

	#copied(fits: Float64Array): Float64Array {
		this.#open ??= new Float64Array(fits.length);
		this.#open.set(fits);
		return this.#open;
	}

	#parts(row: number): Explanation['contributions'] {
		return contributionsOf(this.#model, this.#weights(), row, this.#byHistory.parts(row));
	}

	#closed(hidden: Iterable<number>, row: number): Uint8Array {
		const closed = new Uint8Array(this.#model.features.rows.count);
		for (const other of hidden) closed[other] = 1;
		closed[row] = 0;
		return closed;
	}

	#pool(ranking: Uint32Array, fits: Float64Array, seed: number): PoolDraws {
		const step = Math.max(1, Math.floor(ranking.length / POOL));
		const rows = ranking.filter((_, place) => place % step === 0).subarray(0, POOL);
		if (this.#noise.seed !== seed) this.#noise = new TasteNoise(seed);
		// Likeness leads back to what is known: what is explored does without it.
		const { likeness } = this.#weights();
		const unled = fits.slice();
		for (const row of rows) unled[row] = (fits[row] as number) - gainBy(likeness, row);
		return drawScores(this.#head, this.#model.features.rows, rows, unled, this.#noise);
	}

	#ranked({ row, propensity, exploration }: Placed): RankedRow {
		const fit = fitOf(this.#model, this.#weights(), row);
		const parts = this.#parts(row);
		return {
			row,
			fit,
			uncertainty: this.#head.deviation(this.#model.features.rows, row),
			contributions: briefly(parts, fit),
			reason: exploration ? this.#unsure(row) : this.#reason(row, parts),
			propensity,
			exploration,
		};
	}

	#reason(row: number, parts: Explanation['contributions']): Reason {
		const edited = new Set(this.#edits.keys());
		return reasonFor(this.#model, this.#evidence, row, parts, edited);
	}

	/** The readable feature of a home of which the model is least sure. */
	#unsure(row: number): Reason {
		const { features, named } = this.#model;
		const { starts, columns } = features.rows;
		let least: FeatureName | undefined;
		let widest = 0;
		for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
			const feature = features.features[columns[at] as number];
			const known = feature && named.get(feature.key);
			if (!known || feature.group === 'stay') continue;
			const lift = known.set.lifts[known.place * known.set.columns.length + known.place] as number;
			const deviation = this.#head.directionDeviation([[known.column, lift]]);
			if (deviation <= widest) continue;
			widest = deviation;
			least = feature;
		}
		return { kind: 'exploration', features: least ? [least] : [] };
	}
}

function countBelow(fits: Float64Array, fit: number): number {
	let below = 0;
	for (let row = 0; row < fits.length; row++) if ((fits[row] as number) < fit) below++;
	return below;
}

const dayOf = (instant: number) => Math.floor(instant / DAY_MILLISECONDS);
