import type { Topic } from '$lib/contracts';

/** Tells every tab what changed, so that what it shows is asked for again. Never says to what. */
export class Notifier {
	private readonly channel = new BroadcastChannel('doorstep');

	tell(...topics: readonly Topic[]): void {
		for (const topic of topics) this.channel.postMessage(topic);
	}
}
