import type { AreaPortrait, AreaShare } from '$lib/contracts';
import { figures, sentence } from './count';
import { insideSentence } from './features';
import { distance, list, number, percent } from './intl';
import { type Money, money as amountWords, periodWords } from './money';

/** A difference in price that nobody would notice. */
const ABOUT = 0.03;

/** In one line: `212 homes, half of them $1,180 to $1,740 a month`. */
export function areaSays(
	{ homes, price }: AreaPortrait,
	{ currency, period }: Money,
	locale?: string,
): string {
	const count = figures(homes, 'home', undefined, locale);
	if (!Number.isFinite(price.middle)) return count;
	const from = amountWords(price.quarter, currency, locale);
	const to = amountWords(price.threeQuarters, currency, locale);
	return `${count}, half of them ${from} to ${to} ${periodWords(period)}`;
}

/** What its homes say of a place, a paragraph a matter; what is not known is left out. */
export function areaParagraphs(
	portrait: AreaPortrait,
	money: Money,
	place: string,
	locale?: string,
): string[] {
	return [
		priceParagraph(portrait, money, place, locale),
		kindParagraph(portrait, locale),
		amenityParagraph(portrait, locale),
		nearestParagraph(portrait, locale),
	].filter(Boolean);
}

function priceParagraph(
	{ homes, price, priceOfAlike }: AreaPortrait,
	{ currency, period }: Money,
	place: string,
	locale?: string,
): string {
	if (!Number.isFinite(price.middle)) return '';
	const words = (amount: number) => amountWords(amount, currency, locale);
	const range = `Half of its ${number(homes, 0, locale)} homes ask ${words(price.quarter)} to ${words(price.threeQuarters)} ${periodWords(period)}, the middle one ${words(price.middle)}.`;
	if (!Number.isFinite(priceOfAlike)) return range;
	return `${range} Like for like, the same kind of room with as many bedrooms, that is ${alikeWords(priceOfAlike, locale)} in all of ${place}.`;
}

/** `12% more than`, `about as much as`. */
function alikeWords(ratio: number, locale?: string): string {
	if (Math.abs(ratio - 1) < ABOUT) return 'about as much as';
	return `${percent(Math.abs(ratio - 1), 0, locale)} ${ratio > 1 ? 'more' : 'less'} than`;
}

function kindParagraph({ kinds }: AreaPortrait, locale?: string): string {
	if (kinds.length === 0) return '';
	const names = kinds.map((kind) => `“${kind.value}” (${sharesWords(kind, locale)})`);
	return `The listings call themselves ${list(names)}${kinds.length > 1 ? ' most often' : ' more than anything else'}.`;
}

function amenityParagraph({ fewer, more }: AreaPortrait, locale?: string): string {
	const words = (share: AreaShare) =>
		`${insideSentence(share.value)} (${sharesWords(share, locale)})`;
	return [
		more.length ? `More often than elsewhere they name ${list(more.map(words))}.` : '',
		fewer.length ? `More seldom: ${list(fewer.map(words))}.` : '',
	]
		.filter(Boolean)
		.join(' ');
}

/** `43% here, 12% elsewhere`. */
function sharesWords({ elsewhere, here }: AreaShare, locale?: string): string {
	return `${percent(here, 0, locale)} here, ${percent(elsewhere, 0, locale)} elsewhere`;
}

function nearestParagraph({ nearest }: AreaPortrait, locale?: string): string {
	if (nearest.length === 0) return '';
	const names = nearest.map(
		({ away, neighbourhood }) => `${neighbourhood} (${distance(away, locale)})`,
	);
	return sentence(`nearest, from middle to middle: ${list(names)}.`);
}
