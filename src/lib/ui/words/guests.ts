import type { GuestAction, LifetimeGuest, ValueSegment } from '$lib/contracts/insight';

const ACTIONS: Record<GuestAction, { readonly title: string; readonly because: string }> = {
	'offer-return': {
		title: 'Offer them a return',
		because: 'They used to come and have gone quiet.',
	},
	thank: { title: 'Thank them', because: 'They come back by themselves.' },
	'invite-direct': {
		title: 'Invite them to book directly',
		because: 'They came through a channel that takes its share.',
	},
	'ask-what-went-wrong': {
		title: 'Ask what went wrong',
		because: 'They cancelled, or left and never came back.',
	},
	'leave-alone': { title: 'Leave them alone', because: 'A message would change nothing.' },
	'send-suggestions': {
		title: 'Send suggestions',
		because: 'They are new, and other homes of yours may suit them.',
	},
};

const SEGMENTS: Record<ValueSegment, string> = {
	'High value': 'worth most of all',
	Loyal: 'come again and again',
	New: 'came once, lately',
	Fading: 'come less than they used to',
	Gone: 'have not come for long',
};

const RISKS: Record<LifetimeGuest['churnRisk'], string> = {
	Low: 'likely to come back',
	Medium: 'may not come back',
	High: 'probably gone',
};

export function actionTitle(action: GuestAction): string {
	return ACTIONS[action].title;
}

export function actionBecause(action: GuestAction): string {
	return ACTIONS[action].because;
}

/** What guests of a segment do: `come again and again`. */
export function segmentSays(segment: ValueSegment): string {
	return SEGMENTS[segment];
}

export function riskWords(risk: LifetimeGuest['churnRisk']): string {
	return RISKS[risk];
}

/** `1 in 4 may not come back`-like odds of a chance: `9 in 10`, `1 in 4`, `under 1 in 20`. */
export function oddsWords(chance: number): string {
	if (!(chance > 0)) return 'none';
	if (chance < 0.05) return 'under 1 in 20';
	if (chance > 0.95) return 'over 19 in 20';
	const candidates = [2, 3, 4, 5, 10].flatMap((of) =>
		Array.from({ length: of - 1 }, (_, index) => ({ of, share: (index + 1) / of })),
	);
	const nearest = candidates.reduce((best, one) =>
		Math.abs(one.share - chance) < Math.abs(best.share - chance) - 1e-9 ? one : best,
	);
	return `${Math.round(nearest.share * nearest.of)} in ${nearest.of}`;
}
