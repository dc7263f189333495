/**
 * What can go wrong, said so that a person can act. A fault crosses the thread boundary as plain
 * data; the door turns it into a `DoorstepError` on the page.
 */
export interface Fault {
	/** Stable: tests, logs and pages tell faults apart by it, never by the message. */
	readonly name: FaultName;
	/** One sentence: what happened. Never contains a value that a person typed or a file held. */
	readonly message: string;
	/** What is as it was before. */
	readonly kept: string;
	/** What to do now. */
	readonly next: string;
	/** 1 is the first row after the header. */
	readonly row?: number;
	/** The column's name in the file. */
	readonly column?: string;
	/** For a report, e.g. a byte offset. Numbers and names only. */
	readonly detail?: string;
}

export type FaultName =
	// files
	| 'FileEmpty'
	| 'FileTooLarge'
	| 'FileUnreadable'
	| 'FileTypeUnknown'
	| 'HeaderOnly'
	| 'ColumnMissing'
	| 'ColumnsTooMany'
	| 'FieldTooLong'
	| 'QuoteUnterminated'
	| 'TextNotUtf8'
	| 'TruncatedGzip'
	| 'NoRowUsable'
	| 'OtherPlace'
	| 'CurrencyUnknown'
	| 'CatalogueDamaged'
	| 'JsonDamaged'
	| 'ParquetDamaged'
	| 'ParquetUnsupported'
	| 'ZipRefused'
	| 'MappingIncomplete'
	| 'MixedCurrencies'
	// the device
	| 'QuotaExceeded'
	| 'StorageLost'
	| 'StorageBlocked'
	| 'StorageNewer'
	| 'DeviceLost'
	| 'NoBackend'
	// jobs
	| 'Cancelled'
	| 'Busy'
	| 'WorkerLost'
	| 'NotReady'
	| 'GateClosed'
	| 'PurposeDenied'
	| 'ValueRefused'
	| 'ClockAhead'
	| 'BudgetSpent'
	| 'PackDamaged'
	| 'PackUnsigned'
	| 'PackForeignKey'
	| 'PackAltered'
	| 'PackOlder'
	| 'PackOtherPlace'
	| 'PackWorse'
	| 'KeyUnusable'
	| 'Unexpected';
