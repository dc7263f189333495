import type { Reply } from './door';
import type { Purpose } from './store';

/** Purposes that a person can take back. The others keep the app open, or serve the person's rights. */
export type WithdrawablePurpose = 'recommend' | 'insight' | 'message';

/** A purpose that was taken back: for one table, or for all of them (`null`). */
export interface Withdrawal {
	readonly purpose: WithdrawablePurpose;
	readonly table: string | null;
	/** UTC milliseconds. */
	readonly since: number;
}

/** A change of consent, kept as a receipt. */
export interface ConsentReceipt {
	readonly purpose: WithdrawablePurpose;
	readonly table: string | null;
	readonly granted: boolean;
	/** UTC milliseconds. */
	readonly instant: number;
}

/** One purpose as the rights centre shows it. */
export interface PurposeConsent {
	readonly purpose: Purpose;
	readonly withdrawable: boolean;
	readonly granted: boolean;
	/** Tables that serve it, with those that were taken out of it. */
	readonly tables: readonly TableConsent[];
	/** What learns under it. */
	readonly models: readonly string[];
}

/** One table as it serves a purpose. */
export interface TableConsent {
	readonly name: string;
	/** Not taken out by itself; the purpose as a whole may be withdrawn all the same. */
	readonly granted: boolean;
	/** The purpose can do without it: it can be taken out by itself. */
	readonly optional: boolean;
	/** What learns from it under this purpose. */
	readonly models: readonly string[];
}

export interface ConsentView {
	readonly purposes: readonly PurposeConsent[];
	/** Newest first. */
	readonly receipts: readonly ConsentReceipt[];
}

export interface ConsentApi {
	consent(): Promise<Reply<ConsentView>>;
	/** Withdraws or grants; models that learned under it are taken out of use. */
	changeConsent(
		purpose: WithdrawablePurpose,
		table: string | null,
		granted: boolean,
	): Promise<Reply<ConsentView>>;
}
