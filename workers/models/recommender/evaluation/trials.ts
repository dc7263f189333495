import type { TrialEvaluation, TrialRival } from '$lib/contracts';
import { type Credit, interleavingTest, type Team } from '$workers/metrics';
import { inOrder, type LoggedAct, takesUp } from './replay';

const RIVALS: readonly TrialRival[] = ['popularity', 'own'];

/** The name of a ranker while it is tried against another: whose row it was, and who the other is. */
export function trialRanker(ranker: string, rival: TrialRival, team: Team): string {
	return `${ranker}/${team}-${rival}`;
}

/** Team `a` is the present ranker. */
function trialOf(ranker = ''): { readonly team: Team; readonly rival: TrialRival } | undefined {
	const [, team, name] = /\/([ab])-(\w+)$/.exec(ranker) ?? [];
	const rival = RIVALS.find((known) => known === name);
	return rival && { team: team === 'a' ? 'a' : 'b', rival };
}

/**
 * Each rival with what came of it, visit by visit: a ranker is credited with every home that it put
 * into the list and that was then opened or saved in the same visit.
 */
export function trialEvaluations(acts: readonly LoggedAct[]): TrialEvaluation[] {
	const ordered = inOrder(acts);
	return RIVALS.flatMap((rival) => {
		const credits = creditsOf(ordered, rival);
		if (credits.length === 0) return [];
		const { leader, wins, ties, pValue } = interleavingTest(credits);
		const ahead = leader === 'a' ? 'present' : 'rival';
		return [{ rival, wins: wins.a, losses: wins.b, ties, leader: ahead, pValue }];
	});
}

/** Of each visit with a list of both, oldest first. */
function creditsOf(ordered: readonly LoggedAct[], rival: TrialRival): Credit[] {
	const visits = new Map<number, { teams: Map<number, Team>; credited: Map<number, Team> }>();
	for (const act of ordered) {
		const trial = act.kind === 'impression' ? trialOf(act.ranker) : undefined;
		const visit = visits.get(act.session) ?? { teams: new Map(), credited: new Map() };
		if (trial?.rival === rival) {
			visit.teams.set(act.row, trial.team);
			visits.set(act.session, visit);
		}
		const team = takesUp(act) ? visit.teams.get(act.row) : undefined;
		// A home that is opened and then saved is one home.
		if (team && !visit.credited.has(act.row)) visit.credited.set(act.row, team);
	}
	return [...visits.values()].map(({ credited }) => {
		const teams = [...credited.values()];
		const a = teams.filter((team) => team === 'a').length;
		return { a, b: teams.length - a };
	});
}
