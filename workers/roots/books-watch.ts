import type { Topic } from '$lib/contracts';
import type { BooksRepository } from '$workers/data/books';

/** Notices, while a model learns, that what it learns from may not be read like that any more. */
export class BooksWatch {
	private readonly channel = new BroadcastChannel('doorstep');
	private version: string | null = null;
	private moved = false;

	constructor(private readonly books: BooksRepository) {}

	/** Answers the version of what is read from now on; `null` where there are no books. */
	async begin(): Promise<string | null> {
		this.version = await this.books.versionFor('insight');
		this.channel.onmessage = ({ data }: MessageEvent<Topic>) => {
			if (data === 'consent' || data === 'books') this.look().catch(() => undefined);
		};
		return this.version;
	}

	get changed(): boolean {
		return this.moved;
	}

	close(): void {
		this.channel.close();
	}

	/** A look that comes too late finds the database closed, and nobody who would want to know. */
	private async look(): Promise<void> {
		if ((await this.books.versionFor('insight')) !== this.version) this.moved = true;
	}
}
