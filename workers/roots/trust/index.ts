import type { TrustApi } from '$lib/contracts';
import type { Behind } from '$workers/door/expose';
import type { Storehouse } from '../manage';
import { consent } from './consent';
import { dataMapOf } from './data-map';
import { ledgerOf } from './ledger';
import { release } from './release';
import { retention } from './retention';
import { rights } from './rights';

/** The store worker's third part: what a person and a privacy team may ask of it. */
export function trust(storehouse: Storehouse): Behind<TrustApi> {
	return {
		...consent(storehouse),
		...retention(storehouse),
		...ledgerOf(storehouse),
		...dataMapOf(storehouse),
		...rights(storehouse),
		...release(storehouse),
	};
}
