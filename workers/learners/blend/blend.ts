import type { Random } from '$workers/math/random';
import { type Matrix, keepColumns, takeValues } from '$workers/table/matrix';
import { type Split, groupFolds, shuffledFolds } from '$workers/table/splits';
import { CancelledError, type Estimator, type Run } from '../contract';
import { requireClasses, requireExamples, takeExamples, weightsOf } from '../examples';
import type { Examples, FittedTabular, Predictions } from '../tabular';
import { type BlendPart, type BlendPlan, type DriftChoices, FittedBlend } from './fitted-blend';
import { type BlendLoss, type BlendMember, VIEWS, type ViewName } from './member';
import { agedBy, calendarColumns, lastSplit, meanLoss } from './drift';
import type { FittedView } from './view';
import { type BlendWeights, blendWeights } from './weights';

export interface BlendExamples extends Examples {
	/** Rows of one group (a host, say) are never on both sides of an inner split. */
	readonly groups?: ArrayLike<number>;
	/** The day of each row, where the inner split is by time. */
	readonly days?: Float64Array;
}

/**
 * On what members are stopped and weighed. `folds`: every row once, by models that have not seen it;
 * the fold's models are kept and averaged. `last`: the last share of the rows, by `days`, is held
 * out; it also decides how fast old rows lose weight, and whether columns that say no more than
 * when a row was are looked at. All members are then fitted again on all rows. `plan`: nothing is held
 * out, as another fit has found out all that.
 */
export type InnerSplit =
	| { readonly by: 'folds'; readonly folds: number }
	| { readonly by: 'last'; readonly share: number }
	| { readonly by: 'plan'; readonly plan: BlendPlan };

export interface BlendSettings {
	readonly loss: BlendLoss;
	readonly members: readonly BlendMember[];
	readonly inner: InnerSplit;
}

export interface Blend extends Estimator<BlendExamples, Matrix, Predictions> {
	fit(train: BlendExamples, run: Run): Promise<FittedBlend>;
}

/** Several learners whose scores are weighed by their loss on rows that they have not learned from. */
export function blend({ loss, members, inner }: BlendSettings): Blend {
	if (members.length === 0) throw new RangeError('a blend needs at least one member');
	return {
		name: 'blend',
		params: {
			loss,
			members: members.map(({ name }) => name).join(', '),
			inner: inner.by,
			...(inner.by === 'folds' && { folds: inner.folds }),
			...(inner.by === 'last' && { share: inner.share }),
		},
		async fit(train, run) {
			if (inner.by === 'folds' && train.groups && new Set(Array.from(train.groups)).size < 2)
				throw new RangeError('all rows are of one group: hand in two at least, or no groups');
			if (loss === 'logistic') requireClasses(train);
			else requireExamples(train);
			const whole = { ...train, weights: weightsOf(train) };
			const fitting = new Fitting(whole, loss, members, run);
			if (inner.by === 'folds') return fitting.byFolds(inner.folds);
			return inner.by === 'last' ? fitting.byLast(inner.share) : fitting.byPlan(inner.plan);
		},
	};
}

type Whole = BlendExamples & { readonly weights: Float64Array };

interface FittedMember {
	readonly member: BlendMember;
	readonly view: FittedView;
	readonly fitted: FittedTabular;
	/** On the rows held out. */
	readonly scores: Float64Array;
}

class Fitting {
	#whole: Whole;
	readonly #columns: readonly string[];
	readonly #loss: BlendLoss;
	readonly #members: readonly BlendMember[];
	readonly #run: Run;
	#choices: DriftChoices = { leftOut: [], halfLife: 0 };
	#done = 0;
	#total = 1;

	constructor(whole: Whole, loss: BlendLoss, members: readonly BlendMember[], run: Run) {
		this.#whole = whole;
		this.#columns = whole.rows.columns.map(({ name }) => name);
		this.#loss = loss;
		this.#members = members;
		this.#run = run;
	}

	async byFolds(folds: number): Promise<FittedBlend> {
		const { rows, targets, groups } = this.#whole;
		const kinds = groups && new Set(Array.from(groups)).size;
		const count = Math.min(folds, kinds ?? rows.count);
		const splits = groups
			? groupFolds(groups, count)
			: shuffledFolds(rows.count, count, this.#run.random.fork('folds'));
		const used = splits.filter(({ train, test }) => train.length > 0 && test.length > 0);
		this.#total = used.length * this.#members.length;
		const scores = this.#members.map(() => new Float64Array(targets.length));
		const all: FittedMember[] = [];
		for (const [fold, split] of used.entries()) {
			const fitted = await this.#fitMembers(split, this.#run.random.fork(`fold/${fold}`));
			fitted.forEach((own, i) =>
				split.test.forEach((row, place) => {
					(scores[i] as Float64Array)[row] = own.scores[place] as number;
				}),
			);
			all.push(...fitted);
		}
		const weights = this.#weigh(scores, Uint32Array.from(targets.keys()));
		return this.#blend(all, weights, used.length);
	}

	async byLast(share: number): Promise<FittedBlend> {
		const { rows, days } = this.#whole;
		const split = lastSplit(days, rows.count, share);
		this.#total = 2 * this.#members.length + MOST_TRIALS;
		const trials = await this.#adaptToDrift(split);
		const weights = this.#weigh(
			trials.map(({ scores }) => scores),
			split.test,
		);
		const rounds = trials.map(({ member, fitted }) => member.roundsOf(fitted));
		for (const { fitted } of trials) fitted.dispose();
		return this.#fitAll(rounds, weights);
	}

	/** With the rounds, weights and choices of another fit. */
	async byPlan({ rounds, weights, intercept, choices }: BlendPlan): Promise<FittedBlend> {
		this.#total = this.#members.length;
		this.#whole = adapted(this.#whole, choices);
		this.#choices = choices;
		const names = this.#members.map(({ name }) => name);
		const own = Float64Array.from(names, (name) => weights[name] ?? 0);
		return this.#fitAll(
			names.map((name) => rounds[name] ?? 0),
			{ intercept, weights: own },
		);
	}

	async #fitAll(rounds: readonly number[], weights: BlendWeights): Promise<FittedBlend> {
		const order = Uint32Array.from({ length: this.#whole.rows.count }, (_, row) => row);
		const everything = { train: order, test: new Uint32Array(0) };
		const final = await this.#fitMembers(everything, this.#run.random.fork('final'), rounds);
		return this.#blend(final, weights, 1);
	}

	/** One thing after the other, as long as the first member loses less on the last rows. */
	async #adaptToDrift(split: Split): Promise<FittedMember[]> {
		const start = this.#whole;
		let best = await this.#tryOut(start, split, { leftOut: [], halfLife: 0 });
		const isBetter = async (choices: DriftChoices): Promise<boolean> => {
			const trial = await this.#tryOut(start, split, choices);
			const better = trial.loss < best.loss;
			(better ? best : trial).first.fitted.dispose();
			if (better) best = trial;
			return better;
		};
		const leftOut = calendarColumns(start.rows, start.days ?? NO_DAYS);
		if (leftOut.length > 0 && leftOut.length < start.rows.columns.length)
			await isBetter({ leftOut, halfLife: 0 });
		for (const halfLife of HALF_LIVES) if (!(await isBetter({ ...best.choices, halfLife }))) break;
		return this.#fitTrials(adapted(start, best.choices), split, best.choices, best.first);
	}

	async #tryOut(start: Whole, split: Split, choices: DriftChoices): Promise<Trial> {
		const [member] = this.#members as readonly [BlendMember];
		this.#whole = adapted(start, choices);
		const [first] = (await this.#fitMembers(split, this.#run.random.fork('trial'), undefined, [
			member,
		])) as [FittedMember];
		const targets = takeValues(this.#whole.targets, split.test);
		return { first, choices, loss: meanLoss(first.scores, targets, this.#loss) };
	}

	/** All members on the rows before the last ones; the first was tried out already. */
	async #fitTrials(
		whole: Whole,
		split: Split,
		choices: DriftChoices,
		first: FittedMember,
	): Promise<FittedMember[]> {
		this.#whole = whole;
		this.#choices = choices;
		const left = this.#members.slice(1);
		const random = this.#run.random.fork('trial');
		const others = await this.#fitMembers(split, random, undefined, left);
		return [first, ...others];
	}

	#weigh(scores: readonly Float64Array[], rows: Uint32Array): BlendWeights {
		const { targets, weights } = this.#whole;
		return blendWeights(scores, takeValues(targets, rows), takeValues(weights, rows), this.#loss);
	}

	async #fitMembers(
		{ train, test }: Split,
		random: Random,
		rounds?: readonly number[],
		members = this.#members,
	): Promise<FittedMember[]> {
		const views = new Map<ViewName, Seen>();
		const fitted: FittedMember[] = [];
		for (const [i, member] of members.entries()) {
			const seen = views.get(member.view) ?? this.#view(member.view, train, test, random);
			views.set(member.view, seen);
			fitted.push(await this.#fitMember(member, seen, random, rounds?.[i]));
			this.#done++;
		}
		return fitted;
	}

	#view(name: ViewName, train: Uint32Array, test: Uint32Array, random: Random): Seen {
		if (this.#run.cancelled()) throw new CancelledError('cancelled');
		const examples = takeExamples(this.#whole, train);
		const { fitted, train: rows } = VIEWS[name].fit(examples, random.fork(name));
		const held = takeExamples(this.#whole, test);
		return {
			view: fitted,
			train: { ...examples, rows },
			test: { ...held, rows: fitted.apply(held.rows) },
		};
	}

	async #fitMember(
		member: BlendMember,
		{ view, train, test }: Seen,
		random: Random,
		rounds: number | undefined,
	): Promise<FittedMember> {
		const run = this.#partOfRun(random.fork(member.name));
		const estimator = member.make(rounds || undefined);
		const validation = rounds === undefined && { validation: test };
		const fitted = await estimator.fit({ ...train, ...validation }, run);
		const { scores } = test.rows.count ? await fitted.predict(test.rows) : NO_SCORES;
		return { member, view, fitted, scores };
	}

	/** A run of which this is one of several parts. */
	#partOfRun(random: Random): Run {
		const before = this.#done / this.#total;
		return {
			random,
			cancelled: this.#run.cancelled,
			onProgress: ({ done, total }) =>
				this.#run.onProgress({ done: before + done / total / this.#total, total: 1 }),
		};
	}

	/** Of every member as many parts as there were folds, each with its share of the weight. */
	#blend(
		all: readonly FittedMember[],
		{ intercept, weights }: BlendWeights,
		folds: number,
	): FittedBlend {
		const weightOf = (member: BlendMember) =>
			(weights[this.#members.indexOf(member)] as number) / folds;
		const parts = all.map(({ member, view, fitted }): BlendPart => ({
			member: member.name,
			learner: member.learner,
			view,
			fitted,
			weight: weightOf(member),
			rounds: member.roundsOf(fitted),
		}));
		const columns = this.#columns;
		return new FittedBlend({
			loss: this.#loss,
			intercept,
			columns,
			parts,
			choices: this.#choices,
		});
	}
}

/** Trials of how to adapt to drift: as it is, without the calendar, and each half-life. */
const HALF_LIVES = [365, 180];
const MOST_TRIALS = 2 + HALF_LIVES.length;

/** How the first member did with a choice. */
interface Trial {
	readonly first: FittedMember;
	readonly choices: DriftChoices;
	readonly loss: number;
}

/** The rows as a choice has them. */
function adapted(whole: Whole, { leftOut, halfLife }: DriftChoices): Whole {
	const { rows, weights, days = NO_DAYS } = whole;
	return {
		...whole,
		rows: keepColumns(rows, (name) => !leftOut.includes(name)),
		weights: halfLife > 0 ? agedBy(weights, days, halfLife) : weights,
	};
}

const NO_DAYS = new Float64Array(0);

interface Seen {
	readonly view: FittedView;
	readonly train: Examples;
	readonly test: Examples;
}

const NO_SCORES = { scores: new Float64Array(0) };
