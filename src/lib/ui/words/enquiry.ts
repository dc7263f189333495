import type { Home } from '$lib/contracts';
import { homeNamed, homeTitle } from './homes';
import { priceWords } from './money';

/** A message to start from. It holds what the catalogue says of the home and nothing of the person. */
export function enquiryMessage(home: Home, locale?: string): string {
	const place = home.neighbourhood ? ` in ${home.neighbourhood}` : '';
	return [
		'Hello,',
		'',
		`I am interested in ${homeNamed(home)}${place}, listed at ${priceWords(home.price, locale)} (${home.key}).`,
		'Is it still free, and when could I see it?',
		'',
		'Kind regards',
	].join('\n');
}

/** What is handed on when a home is shared: its name, place, price and key. No address to open. */
export function shareMessage(home: Home, locale?: string): string {
	const place = home.neighbourhood ? `, ${home.neighbourhood}` : '';
	return `${homeTitle(home)}${place}, ${priceWords(home.price, locale)} (${home.key})`;
}
