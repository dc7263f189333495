import type { ForYouRequest, RememberedAct } from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import type { ActRepository } from '$workers/data/acts';
import type { TasteEditRepository } from '$workers/data/taste-edits';
import { PersonalTaste, type RankedRows } from '$workers/models/recommender';

/** What the scoring worker has at hand of one person and one catalogue. */
export interface Trying {
	readonly taste: PersonalTaste;
	readonly rowOf: ReadonlyMap<number, number>;
	readonly acts: ActRepository;
	readonly edits: TasteEditRepository;
	readonly seeker: number;
}

/** The same acts, without what others' behaviour teaches. */
interface OwnTaste {
	readonly taste: PersonalTaste;
	readonly cursor: ActCursor;
}

/** Loaded when a trial is first on. */
const drafting = () => import('$workers/models/recommender/evaluation');

/** Part of the scoring worker: a list that two ways of ranking share, while the person wants that. */
export class RankTrial {
	/** By the taste whose rival it is: what is let go takes its rival with it. */
	readonly #own = new WeakMap<PersonalTaste, OwnTaste>();
	#turn: Promise<unknown> = Promise.resolve();

	/** @param trying caught up with the log */
	async list(
		trying: Trying,
		request: ForYouRequest,
		hidden: readonly number[],
	): Promise<RankedRows> {
		const { taste } = trying;
		const { trial } = request;
		if (!trial) return taste.forYou(request, hidden);
		const { draftedList, popularHomes } = await drafting();
		if (trial === 'popularity')
			return draftedList(taste, popularHomes(taste, request, hidden), trial, request, hidden);
		return this.#inTurn(async () => {
			const own = await this.#caughtUp(trying, request.now);
			return draftedList(taste, own.filling(request, hidden), trial, request, hidden);
		});
	}

	/** One at a time: two questions would both add what came since. */
	#inTurn<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
		const answered = this.#turn.then(answer);
		this.#turn = answered.catch(() => {});
		return answered;
	}

	async #caughtUp(trying: Trying, now: number): Promise<PersonalTaste> {
		const { acts, edits, rowOf, seeker, taste } = trying;
		const own = this.#own.get(taste) ?? {
			taste: new PersonalTaste(taste.model, now),
			cursor: new ActCursor(acts, seeker),
		};
		this.#own.set(taste, own);
		const [{ added, forgotten }, edited] = await Promise.all([
			own.cursor.changes(),
			edits.all('recommend', seeker),
		]);
		if (forgotten.length) own.taste.forget(forgotten);
		if (added.length) own.taste.observe(added.flatMap((act) => known(act, rowOf)));
		own.taste.edit(edited);
		return own.taste;
	}
}

function known(act: RememberedAct, rowOf: ReadonlyMap<number, number>) {
	const row = rowOf.get(act.property);
	return row === undefined ? [] : [{ ...act, row }];
}
