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
	readonly instant: number;
}

/** One purpose as the rights centre shows it. */
export interface PurposeConsent {
	readonly purpose: Purpose;
	readonly withdrawable: boolean;
	readonly granted: boolean;
	/** Tables that serve it, with those that were taken out of it. */
	readonly tables: readonly { readonly name: string; readonly granted: boolean }[];
	/** Models that learn under it. */
	readonly models: readonly string[];
}

export interface ConsentView {
	readonly purposes: readonly PurposeConsent[];
	/** Newest first. */
	readonly receipts: readonly ConsentReceipt[];
}

export interface ConsentApi {
	consent(): Promise<Reply<ConsentView>>;
	/** Withdraws or grants; models that learned under it are marked stale. */
	changeConsent(
		purpose: WithdrawablePurpose,
		table: string | null,
		granted: boolean,
	): Promise<Reply<ConsentView>>;
}
