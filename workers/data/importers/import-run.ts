import type { Progress } from '$lib/contracts';

/** What an import is handed: cancellation and progress; a job of the door is one. */
export interface ImportRun {
	readonly cancelled: () => boolean;
	readonly onProgress: (progress: Progress) => void;
}

/** The part of a `File` that is needed, so that Node's tools and tests can hand one in too. */
export interface SourceFile {
	readonly name: string;
	readonly size: number;
	slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
