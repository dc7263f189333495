import type { DemandAnswer, Insight, LifetimeAnswer, PriceAnswer } from '$lib/contracts';
import { counted } from '$lib/ui/words/count';
import { oddsWords } from '$lib/ui/words/guests';
import { changesOf } from '$lib/ui/words/prices';
import { bestStays, stayGain, staySentence } from '$lib/ui/words/stays';

interface Advice {
	readonly title: string;
	readonly gain: string;
	readonly href: string;
}

const MOST_STAYS = 2;

/** What the models would do this week, from what each already said. */
export function worthDoing(
	demand: Insight<DemandAnswer> | undefined,
	price: Insight<PriceAnswer> | undefined,
	guests: Insight<LifetimeAnswer> | undefined,
): Advice[] {
	return [
		...(demand?.ready ? stays(demand.answer) : []),
		...(price?.ready ? prices(price.answer) : []),
		...(guests?.ready ? regulars(guests.answer) : []),
	];
}

function stays({ advice }: DemandAnswer): Advice[] {
	return bestStays(advice)
		.slice(0, MOST_STAYS)
		.map((one) => ({
			title: staySentence(one),
			gain: stayGain(one),
			href: '/demand',
		}));
}

/** The home on which most would change; what it would bring is not claimed here. */
function prices({ lift, properties }: PriceAnswer): Advice[] {
	const most = [...properties].sort(
		(a, b) => changesOf(b.days).length - changesOf(a.days).length,
	)[0];
	const changes = most ? changesOf(most.days) : [];
	if (!most || changes.length === 0 || lift.verdict === 'loss') return [];
	const nights = counted(changes.length, 'night', 'nights');
	return [
		{
			title: `Look at the price of ${nights} at ${most.title}`,
			gain: lift.verdict === 'gain' ? 'prices like these brought more' : 'no gain is claimed yet',
			href: `/prices#${most.property}`,
		},
	];
}

function regulars({ guests }: LifetimeAnswer): Advice[] {
	const fading = guests.filter(
		({ churnRisk, segment }) => segment === 'Fading' && churnRisk !== 'Low',
	);
	if (fading.length === 0) return [];
	const churn = fading.reduce((sum, guest) => sum + guest.churn, 0) / fading.length;
	return [
		{
			title: `Write to ${counted(fading.length, 'regular', 'regulars')} who have gone quiet`,
			gain: `${oddsWords(churn)} may not come back`,
			href: '/guests',
		},
	];
}
