import { store } from '$lib/client';
import type { ManagerChoices, PriceRules } from '$lib/contracts';
import { Resource } from '../resource.svelte';

/** Rules, accepted prices and budget, as the manager decided them. */
export const choices = new Resource(() => store.ask('choices'), ['choices', 'profile']);

const current = (): ManagerChoices => choices.current ?? { priceRules: {}, prices: {}, budget: {} };

export async function setPriceRules(property: string, rules: PriceRules): Promise<void> {
	const { priceRules } = current();
	await store.tell('changeChoices', { priceRules: { ...priceRules, [property]: { ...rules } } });
}

/** Takes prices over for some days (civil days) of a property; `null` takes one back. */
export async function acceptPrices(
	property: string,
	days: Readonly<Record<number, number | null>>,
): Promise<void> {
	const { prices } = current();
	const own: Record<string, number> = { ...prices[property] };
	for (const [day, price] of Object.entries(days)) {
		if (price === null) delete own[day];
		else own[day] = price;
	}
	await store.tell('changeChoices', { prices: { ...prices, [property]: own } });
}

/** Money by month (`2026-05`). */
export async function setBudget(budget: Readonly<Record<string, number>>): Promise<void> {
	await store.tell('changeChoices', { budget: { ...budget } });
}
