import type { ConsentApi } from './consent';
import type { DataMapApi } from './data-map';
import type { LedgerApi } from './ledger';
import type { ReleaseApi } from './release';
import type { RetentionApi } from './retention';
import type { RightsApi } from './rights';

/** The store's third part: what a person and a privacy team may ask of it. */
export type TrustApi = ConsentApi & RetentionApi & LedgerApi & DataMapApi & RightsApi & ReleaseApi;
