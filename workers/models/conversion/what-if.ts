import type { Estimate, Share } from '$lib/contracts/insight';
import { blendFrom, type FittedBlend } from '$workers/learners/blend';
import type { Books } from '$workers/table/bookings';
import { keepColumns } from '$workers/table/matrix';
import { decodePlain } from '$workers/table/plain';
import { visitMatrix } from './conversion';
import { factorsOf, impactsOf } from './factors';
import { chancesOf, type Tried } from './tried';
import { type Visits, visitsOf } from './visits';

/** A visit that has not happened: somebody opens a home's page as visitors usually do. */
export interface WhatIf {
	/** Row of the property table. */
	readonly property: number;
	/** Row of the guest table; -1 for somebody new. */
	readonly guest: number;
}

export interface ChanceOfVisit {
	readonly chance: Estimate;
	readonly factors: readonly Share[];
	readonly impacts: readonly Share[];
}

interface StoredChance {
	readonly kind: string;
	readonly refused: readonly string[];
	readonly tried: Tried;
	readonly blend: Uint8Array;
}

/** The conversion model with the visits it is asked about: read once, asked often. */
export class ConversionScorer {
	private readonly blend: FittedBlend;
	private readonly stored: StoredChance;
	private readonly visits: Visits;

	/** @throws RangeError where the buffer is not of a chance */
	constructor(
		buffer: ArrayBuffer,
		private readonly books: Books,
	) {
		this.stored = decodePlain(buffer) as StoredChance;
		if (this.stored.kind !== 'chance') throw new RangeError('this model is not of chances');
		this.blend = blendFrom(this.stored.blend.slice().buffer);
		this.visits = visitsOf(books);
	}

	/** The seed's answer for a guest and a listing: chance, interval, top factors. */
	async chanceOf({ guest, property }: WhatIf): Promise<ChanceOfVisit> {
		const all = visitMatrix(this.books, this.usualVisit(property, guest));
		const rows = keepColumns(all, (name) => !this.stored.refused.includes(name));
		const { scores } = await this.blend.predict(rows);
		const { chances, high, low } = chancesOf(this.stored.tried, scores);
		const chance = { value: chances[0] as number, low: low[0] as number, high: high[0] as number };
		const factors = factorsOf(await this.blend.explain(rows), 0, rows, 0);
		return { chance, factors, impacts: impactsOf(factors, chance.value) };
	}

	/** As many looks and as long a stay on the page as visits usually have, at noon of the newest day. */
	private usualVisit(property: number, guest: number): Visits {
		const { visits } = this;
		const one = (value: number) => Float64Array.of(value);
		const known = guest >= 0;
		const country = this.books.guests.columns.country.codes[guest];
		return {
			session: one(-1),
			property: one(property),
			instant: one((this.books.asOf + 0.5) * DAY),
			guest: one(guest),
			views: one(median(visits.views)),
			clicks: one(median(visits.clicks)),
			seconds: one(median(visits.seconds)),
			booked: one(0),
			repeat: one(Number(known)),
			country: one(known && country !== undefined ? country : Number.NaN),
			device: one(mostUsual(visits.device)),
			referrer: one(mostUsual(visits.referrer)),
		};
	}
}

const DAY = 86_400_000;

const median = (values: Float64Array): number => values.slice().sort()[values.length >> 1] ?? 0;

function mostUsual(codes: Float64Array): number {
	const counts = new Map<number, number>();
	for (const code of codes) if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? Number.NaN;
}
