import { checkBuild, thisBuild } from '$lib/client/integrity';
import type { BuildCheck } from '$lib/contracts';
import { Job } from './job.svelte';
import { Resource } from './resource.svelte';

/** The build that runs here, and the check of its files: what "This build" shows. */
class IntegrityState {
	/** `null`: nothing is kept on this device yet. */
	readonly build = new Resource(thisBuild, []);
	readonly checking = new Job<BuildCheck | null>();

	async checkEveryFile(): Promise<void> {
		await this.checking.run(checkBuild);
	}
}

export const integrity = new IntegrityState();
