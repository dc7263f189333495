import type { InsightModel, Unlearned, UnlearningTraining } from '$lib/contracts';
import { BooksRepository } from '$workers/data/books';
import { openProfile, type Profiles } from '$workers/data/profiles';
import { RunRepository } from '$workers/data/runs';
import type { Behind, Job } from '$workers/door/expose';
import { CancelledError } from '$workers/learners/contract';
import { seededRandom } from '$workers/math/random';
import { shown } from '$workers/registry';
import { decodePlain, encodePlain } from '$workers/table/plain';
import { TRAINERS } from '../trainers';
import { largestDifference } from './largest-difference';

/** Part of the training worker. */
export function checkUnlearned(profiles: Profiles): Behind<UnlearningTraining> {
	return {
		async checkUnlearned(job, model) {
			const database = await openProfile(await profiles.current());
			try {
				return await check(new BooksRepository(database), new RunRepository(database), job, model);
			} finally {
				database.close();
			}
		},
	};
}

/**
 * Trains the model from scratch on what the books hold now, with the seed of the version in use, and
 * compares the two answers number by number. Nothing is kept of it. Where there is no version of these
 * books yet, there is nothing to compare: the model waits.
 */
async function check(
	books: BooksRepository,
	runs: RunRepository,
	job: Job,
	model: InsightModel,
): Promise<Unlearned> {
	const unlearned: Unlearned = { model, method: 'replay', difference: Number.NaN, waiting: true };
	const run = shown(await runs.ofModel(model, 'insight'));
	if (!run || run.dataHash !== (await books.versionFor('insight'))) return unlearned;
	job.onProgress({ step: 'reading-books', done: 0 });
	const read = await books.read('insight');
	if (!read) return unlearned;
	const train = await TRAINERS[model]();
	const scratch = await train(read, {
		cancelled: job.cancelled,
		random: seededRandom(run.seed),
		onProgress: ({ done, total }) => job.onProgress({ step: model, done, total }),
	});
	if (job.cancelled()) throw new CancelledError();
	const difference = scratch.ready
		? largestDifference(
				await runs.answer(run, 'insight'),
				// As it comes back from the database.
				decodePlain(encodePlain(scratch.answer)),
			)
		: Number.POSITIVE_INFINITY;
	return { ...unlearned, difference, waiting: false };
}
