import type { Progress } from '$lib/contracts';

/** What an import is handed: cancellation, progress, and the time. */
export interface ImportRun {
	readonly cancelled: () => boolean;
	readonly onProgress: (progress: Progress) => void;
	/** UTC milliseconds, written into the report as the time of import. */
	readonly now: number;
}

/** The part of a `File` that is needed, so that Node's tools and tests can hand one in too. */
export interface SourceFile {
	readonly name: string;
	readonly size: number;
	slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
