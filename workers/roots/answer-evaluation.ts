import type { EvaluationApi, RememberedAct, Settings } from '$lib/contracts';
import type { ActRepository } from '$workers/data/acts';
import type { StoredCatalogue } from '$workers/data/catalogue';
import type { Behind } from '$workers/door/expose';
import type { PersonalTaste } from '$workers/models/recommender';
import type { LoggedAct } from '$workers/models/recommender/evaluation';

/** What the scoring worker has at hand of one person and one catalogue. */
export interface Evaluating {
	readonly catalogue: StoredCatalogue;
	readonly taste: PersonalTaste;
	readonly rowOf: ReadonlyMap<number, number>;
	readonly acts: ActRepository;
	readonly seeker: number;
}

/** Loaded when first asked. */
const evaluating = () => import('$workers/models/recommender/evaluation');

/** So many milliseconds of work before whoever waits is let in. */
const BREATH = 8;

/** Part of the scoring worker: how good its list is, by what is on the device alone. Nothing is kept. */
export function answerEvaluation(
	current: (now: number) => Promise<Evaluating>,
	settings: () => Promise<Settings>,
): Behind<EvaluationApi> {
	return {
		async evaluation(now) {
			const { ownEvaluation } = await evaluating();
			const { acts, catalogue, rowOf, seeker, taste } = await current(now);
			const { acts: all } = await acts.since(0, 'recommend');
			const own = all.filter((act) => act.consent && act.seeker === seeker);
			const logged = own.flatMap((act) => loggedAct(act, rowOf));
			const steps = ownEvaluation(
				catalogue,
				(instant) => taste.blank(instant),
				logged,
				await settings(),
			);
			return { ...(await inBreaths(steps)), pack: taste.others !== null };
		},
	};
}

/** An act on a home of this catalogue. */
function loggedAct(act: RememberedAct, rowOf: ReadonlyMap<number, number>): LoggedAct[] {
	const row = rowOf.get(act.property);
	return row === undefined ? [] : [{ ...act, row, listed: isListed(act) }];
}

/** In the list itself, not beside it. */
const isListed = ({ channel, ranker }: RememberedAct) =>
	channel === 'for-you' && (ranker?.startsWith('taste-') ?? false);

async function inBreaths<Value>(steps: Generator<undefined, Value>): Promise<Value> {
	let since = performance.now();
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		if (performance.now() - since < BREATH) continue;
		await new Promise((resolve) => setTimeout(resolve));
		since = performance.now();
	}
}
