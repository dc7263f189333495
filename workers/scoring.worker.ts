import type {
	DiscoverApi,
	EvaluationApi,
	GuestHomesApi,
	InsightApi,
	RememberedAct,
	ScoringApi,
	SteeringApi,
	UnlearningScoring,
} from '$lib/contracts';
import { ActCursor } from '$workers/data/act-cursor';
import { ActRepository } from '$workers/data/acts';
import { CatalogueRepository, type StoredCatalogue } from '$workers/data/catalogue';
import { readConsent } from '$workers/data/consents';
import type { ProfileDatabase } from '$workers/data/database';
import { FaultError } from '$workers/data/fault';
import { ENCODER, type KeptModel, ModelRepository } from '$workers/data/models';
import { PackRepository } from '$workers/data/packs';
import { openProfile, Profiles } from '$workers/data/profiles';
import { TasteEditRepository } from '$workers/data/taste-edits';
import { SeekerRepository } from '$workers/data/seekers';
import { exposeBehindDoor } from '$workers/door/expose';
import { answerDiscover } from '$workers/roots/answer-discover';
import { answerEvaluation } from '$workers/roots/answer-evaluation';
import { answerGuestHomes } from '$workers/roots/answer-guest-homes';
import { RankTrial } from '$workers/roots/rank-trial';
import { answerInsights } from '$workers/roots/answer-insights';
import { answerSteering } from '$workers/roots/answer-steering';
import {
	catalogueModel,
	counterfactualOf,
	differenceFromScratch,
	explanationOf,
	PersonalTaste,
	rankedHome,
	type TasteAct,
} from '$workers/models/recommender';
import { readLooks } from '$workers/models/recommender/looks';
import { othersFromPack } from '$workers/models/recommender/others-from-pack';

/** Answers at once: the composition root. It keeps the catalogue and the taste in memory. */

const profiles = new Profiles();
let opened: { profile: string; database: ProfileDatabase } | null = null;
let scorer: Scorer | null = null;
let turn: Promise<unknown> = Promise.resolve();
const trial = new RankTrial();

/** One catalogue, one encoder, one search, one consent. */
interface Scorer {
	/** What the person had taken back when it was made: it holds nothing else. */
	readonly consent: string;
	/** Whose search it is: nobody's acts teach another's taste. */
	readonly seeker: number;
	readonly catalogue: StoredCatalogue;
	readonly encoder: KeptModel | null;
	readonly backend: string;
	/** Which pack it takes others' choices from; empty where from none. */
	readonly pack: string;
	readonly taste: PersonalTaste;
	readonly rowOf: ReadonlyMap<number, number>;
	readonly cursor: ActCursor;
	readonly acts: ActRepository;
	readonly edits: TasteEditRepository;
}

async function database(): Promise<ProfileDatabase> {
	const profile = await profiles.current();
	if (opened?.profile !== profile) {
		opened?.database.close();
		scorer = null;
		opened = { profile, database: await openProfile(profile) };
	}
	return opened.database;
}

/** The scorer of what is stored now, caught up with the log. */
async function current(now: number): Promise<Scorer> {
	const here = await located(now);
	await catchUp(here);
	return here;
}

/** The scorer of what is stored now, as far as it has learned. One at a time: two would build two. */
function located(now: number): Promise<Scorer> {
	const found = turn.then(() => locate(now));
	turn = found.catch(() => {});
	return found;
}

/** One look at the database where it stands already. */
async function locate(now: number): Promise<Scorer> {
	const here = await database();
	const catalogue = new CatalogueRepository(here);
	const [summary, encoderVersion, consent, pack, { current: seeker }] = await Promise.all([
		catalogue.summary(),
		new ModelRepository(here).versionOf(ENCODER),
		consentOf(here),
		new PackRepository(here).version(),
		new SeekerRepository(here).read('show'),
	]);
	// What was learned under another consent is let go before anything else.
	if (scorer?.consent !== consent || scorer.pack !== pack) scorer = null;
	const fresh = encoderVersion === summary?.version ? encoderVersion : undefined;
	if (scorer?.catalogue.summary.version !== summary?.version || scorer?.encoder?.version !== fresh)
		scorer = await open(here, now, consent, seeker);
	else if (scorer && scorer.seeker !== seeker) scorer = turnTo(scorer, seeker, now);
	if (!scorer) throw notReady();
	return scorer;
}

/** What was taken back of recommending, as one text to compare. */
async function consentOf(here: ProfileDatabase): Promise<string> {
	const { withdrawn } = await readConsent(here);
	return withdrawn
		.flatMap(({ purpose, table }) => (purpose === 'recommend' ? (table ?? '*') : []))
		.join();
}

/** The same homes, for somebody else. */
function turnTo(former: Scorer, seeker: number, now: number): Scorer {
	const { acts, taste } = former;
	return { ...former, seeker, taste: taste.blank(now), cursor: new ActCursor(acts, seeker) };
}

async function open(
	here: ProfileDatabase,
	now: number,
	consent: string,
	seeker: number,
): Promise<Scorer | null> {
	const catalogue = await new CatalogueRepository(here).read('recommend');
	if (!catalogue) return null;
	const encoder = await new ModelRepository(here).read(ENCODER, 'recommend');
	const usable = encoder?.version === catalogue.summary.version ? encoder : null;
	const looks = usable && readLooks(usable.buffer);
	const model = catalogueModel(catalogue.homes, looks ? { embeddings: looks } : {});
	const kept = await new PackRepository(here).read('recommend');
	const others = kept && othersFromPack(kept.pack, catalogue.homes.columns.key.values);
	const acts = new ActRepository(here);
	return {
		consent,
		seeker,
		catalogue,
		encoder: usable,
		backend: looks?.backend ?? '',
		pack: kept?.version ?? '',
		taste: new PersonalTaste(model, now, others),
		rowOf: new Map(Array.from(catalogue.properties, (property, row) => [property, row])),
		cursor: new ActCursor(acts, seeker),
		acts,
		edits: new TasteEditRepository(here),
	};
}

async function catchUp({ cursor, edits, rowOf, seeker, taste }: Scorer): Promise<void> {
	// What a person said of features is little: reading it all is cheaper than following it.
	const [{ added, forgotten }, edited] = await Promise.all([
		cursor.changes(),
		edits.all('recommend', seeker),
	]);
	if (forgotten.length) taste.forget(forgotten);
	if (added.length) taste.observe(added.flatMap((act) => tasteAct(act, rowOf)));
	taste.edit(edited);
}

/** An act on a home that is in this catalogue; others wait for theirs to come back. */
function tasteAct(act: RememberedAct, rowOf: ReadonlyMap<number, number>): TasteAct[] {
	const row = rowOf.get(act.property);
	return row === undefined ? [] : [{ ...act, row }];
}

function notReady(): FaultError {
	return new FaultError({
		name: 'NotReady',
		message: 'There are no homes to rank yet.',
		kept: 'All that you saved, as before.',
		next: 'Open a catalogue, or look around with the sample town.',
	});
}

/** Rows that are not to be suggested: dismissed ones, and saved ones that are not to be kept. */
async function hidden(
	{ acts, rowOf, seeker }: Scorer,
	keep: readonly number[] = [],
): Promise<number[]> {
	// That a home which was dismissed stays away is part of showing homes: nothing is learned from it.
	const { dismissed, saved } = await acts.standing('show', seeker);
	const kept = new Set(keep);
	const settled = [...dismissed, ...saved.filter((property) => !kept.has(property))];
	return settled.flatMap((property) => rowOf.get(property) ?? []);
}

type Answers = ScoringApi &
	InsightApi &
	UnlearningScoring &
	DiscoverApi &
	EvaluationApi &
	SteeringApi &
	GuestHomesApi;

exposeBehindDoor<Answers>('scoring', {
	...answerInsights(database),
	...answerDiscover(current),
	...answerSteering(current, hidden, () => profiles.settings()),
	...answerGuestHomes(database),
	...answerEvaluation(current, () => profiles.settings()),

	async checkForgotten(now) {
		const { acts, edits, rowOf, seeker, taste } = await current(now);
		const left = (await acts.since(0, 'recommend')).acts.filter(
			(act) => act.consent && act.seeker === seeker,
		);
		const difference = differenceFromScratch(
			taste,
			left.flatMap((act) => tasteAct(act, rowOf)),
			await edits.all('recommend', seeker),
			now,
		);
		return { model: 'taste', method: 'closed-form', difference, waiting: false };
	},

	async forYou(request) {
		const started = performance.now();
		const scorer = await located(request.now);
		const [hiddenRows] = await Promise.all([hidden(scorer, request.keep), catchUp(scorer)]);
		const { homes, ...list } = request.trial
			? await trial.list(scorer, request, hiddenRows)
			: scorer.taste.forYou(request, hiddenRows);
		const { properties } = scorer.catalogue;
		return {
			...list,
			homes: homes.map((home) => rankedHome(home, properties)),
			milliseconds: performance.now() - started,
		};
	},
	async fits(properties, now) {
		const { taste, rowOf } = await current(now);
		const all = taste.fits(now);
		const fitOf = (property: number) => all[rowOf.get(property) ?? -1] ?? -Infinity;
		const sorted = properties.slice().sort((a, b) => fitOf(b) - fitOf(a));
		return { properties: sorted, fits: Float32Array.from(sorted, fitOf), ranker: taste.ranker };
	},
	async explain(property, now) {
		const scorer = await current(now);
		const row = scorer.rowOf.get(property);
		if (row === undefined) return null;
		const explanation = scorer.taste.explain(row, now, await hidden(scorer));
		return explanationOf(explanation, scorer.catalogue.properties);
	},
	async counterfactuals(property, now) {
		const scorer = await current(now);
		const row = scorer.rowOf.get(property);
		if (row === undefined) return [];
		const steps = scorer.taste.counterfactuals(row, now, await hidden(scorer));
		for (let step = steps.next(); ; step = steps.next()) {
			if (step.done)
				return step.value.map((told) => counterfactualOf(told, scorer.catalogue.properties));
			// Whatever was asked meanwhile goes first.
			await new Promise((goOn) => setTimeout(goOn));
		}
	},
	async taste(now) {
		const { taste, encoder, backend } = await current(now);
		return {
			weights: taste.weights(now),
			learnedFrom: taste.learnedFrom,
			...(encoder && {
				encoder: { version: encoder.version, trainedAt: encoder.trainedAt, backend },
			}),
		};
	},
	async pair(step, seed) {
		const now = Date.now();
		const scorer = await current(now);
		const rows = scorer.taste.pair(step, seed, now, await hidden(scorer));
		if (!rows) return null;
		const [left, right] = rows.map((row) => scorer.catalogue.properties[row] ?? 0);
		return { left: left ?? 0, right: right ?? 0, step };
	},
});

// The first question needs the model: it is made while the page is still being drawn.
located(Date.now()).catch(() => {});
