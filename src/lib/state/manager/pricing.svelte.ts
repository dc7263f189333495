import { scoring } from '$lib/client';
import type { PriceCurve, PricedDay, PricedProperty, PriceRules } from '$lib/contracts';

/** The days of one home under the owner's rules; asked for again when a rule changes. */
export class Pricing {
	#days = $state.raw<readonly PricedDay[]>();
	#rules = $state.raw<PriceRules>();
	#asked = 0;

	/** `undefined` until the worker has answered: the answer's own days hold until then. */
	get days(): readonly PricedDay[] | undefined {
		return this.#days;
	}
	/** The owner's rules, or the usual ones. */
	get rules(): PriceRules | undefined {
		return this.#rules;
	}

	async load(home: PricedProperty, own: PriceRules | undefined): Promise<void> {
		const asked = ++this.#asked;
		const plain = own ? { ...own } : null;
		const { days, rules } = await scoring.ask('pricedDays', home.property, plain);
		if (asked !== this.#asked) return;
		this.#days = days;
		this.#rules = rules;
	}
}

/** The curve behind one night's price. */
export class CurveOfDay {
	#current = $state.raw<PriceCurve>();
	#asked = 0;

	get current(): PriceCurve | undefined {
		return this.#current;
	}

	async load(property: number, day: number, rules: PriceRules): Promise<void> {
		const asked = ++this.#asked;
		const curve = await scoring.ask('priceCurve', property, day, { ...rules });
		if (asked === this.#asked) this.#current = curve;
	}
}
