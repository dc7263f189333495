import type {
	DeviceReport,
	InsightTraining,
	PackMakingTraining,
	PackTrialApi,
	RetentionTraining,
	TrainingApi,
	TrainingOptions,
	TrainingReport,
	UnlearningTraining,
} from '$lib/contracts';
import { CatalogueRepository, type StoredCatalogue } from '$workers/data/catalogue';
import type { ProfileDatabase } from '$workers/data/database';
import { FaultError } from '$workers/data/fault';
import { LedgerRepository } from '$workers/data/ledger';
import { ENCODER, ENCODER_CHECKPOINT, ModelRepository } from '$workers/data/models';
import { Notifier } from '$workers/data/notify';
import { openProfile, Profiles } from '$workers/data/profiles';
import { readRecord, writeRecord } from '$workers/data/records';
import { openDevice } from '$workers/device/device';
import { wasmFiles } from '$workers/device/wasm-files';
import { exposeBehindDoor, type Job } from '$workers/door/expose';
import { homeFeatures } from '$workers/features';
import { epochOf } from '$workers/learners/training/checkpoint';
import { encoder } from '$workers/learners/encoder/encoder';
import { encoderTrial } from '$workers/learners/encoder/trial';
import { seededRandom } from '$workers/math/random';
import { tryPacks } from '$workers/roots/pack/keep-trial';
import { makesPacks } from '$workers/roots/pack/make-training';
import { trainInsights } from '$workers/roots/train-insights';
import { checkUnlearned } from '$workers/roots/trust/check-unlearned';
import { previewRetention } from '$workers/roots/trust/preview-retention';
import { encoderRows } from '$workers/models/recommender/encoder-rows';
import { keepLooks } from '$workers/models/recommender/looks';

/** Long jobs: the composition root. What is learned and how stands in models and learners. */

const SHAPE = { hidden: 96, size: 32, batch: 128 };
const EPOCHS = 40;
const SEED = 1;
const DEVICE = 'device';

const notifier = new Notifier();
const profiles = new Profiles();

/** One training at a time in all tabs. */
async function alone<Value>(work: () => Promise<Value>): Promise<Value> {
	return navigator.locks.request('doorstep-training', { ifAvailable: true }, (lock) => {
		if (lock) return work();
		throw new FaultError({
			name: 'Busy',
			message: 'Another tab is learning the homes.',
			kept: 'Everything as it was; this tab uses what the other one learns.',
			next: 'Nothing: it goes on there.',
		});
	});
}

async function trainEncoder(job: Job, options: TrainingOptions): Promise<TrainingReport | null> {
	const database = await openProfile(await profiles.current());
	try {
		const models = new ModelRepository(database);
		const catalogue = await new CatalogueRepository(database).read('recommend');
		const version = catalogue?.summary.version;
		if (!catalogue || (await models.versionOf(ENCODER)) === version) return null;
		const report = await train(database, models, catalogue, job, options);
		await new LedgerRepository(database).note({
			instant: Date.now(),
			what: 'trained',
			subject: 'listing encoder',
			purpose: 'recommend',
			rows: report.homes,
			bytes: 0,
		});
		notifier.tell('models', 'ledger');
		return report;
	} finally {
		database.close();
	}
}

async function train(
	database: ProfileDatabase,
	models: ModelRepository,
	{ homes, summary }: StoredCatalogue,
	job: Job,
	options: TrainingOptions,
): Promise<TrainingReport> {
	const random = seededRandom(options.seed ?? SEED);
	const epochs = options.epochs ?? EPOCHS;
	const attributes = encoderRows(homeFeatures(homes));
	job.onProgress({ step: 'measuring-device', done: 0 });
	const device = await openDevice({
		trial: encoderTrial(attributes.groups, SHAPE, random.fork('trial')),
		wasmUrls: wasmFiles,
		prefer: options.backend,
		remembered: await rememberedDevice(database),
		now: Date.now,
	});
	try {
		const checkpoint = await models.read(ENCODER_CHECKPOINT, 'recommend');
		const resumeFrom = checkpoint?.version === summary.version ? checkpoint.buffer : undefined;
		const startedAt = performance.now();
		const fitted = await encoder({ ...SHAPE, epochs }, device).fit(attributes, {
			random,
			resumeFrom,
			cancelled: job.cancelled,
			onProgress: ({ done, total }) =>
				job.onProgress({ step: 'learning-homes', done: Math.floor(done), total }),
			onCheckpoint: (buffer) =>
				void models.keep(ENCODER_CHECKPOINT, {
					version: summary.version,
					trainedAt: Date.now(),
					buffer,
				}),
		});
		const looks = keepLooks(fitted, await fitted.predict(attributes.rows), device.report.chosen);
		await models.keep(ENCODER, { version: summary.version, trainedAt: Date.now(), buffer: looks });
		await models.remove(ENCODER_CHECKPOINT);
		await writeRecord(database.records, DEVICE, device.report, database.codec);
		return {
			version: summary.version,
			homes: homes.count,
			epochs: fitted.summary.epochs,
			seconds: (performance.now() - startedAt) / 1000,
			loss: fitted.summary.loss,
			naiveLoss: fitted.summary.naiveLoss,
			device: device.report,
			resumedAt: resumeFrom ? epochOf(resumeFrom) : 0,
		};
	} finally {
		device.close();
	}
}

async function rememberedDevice(database: ProfileDatabase): Promise<DeviceReport | null> {
	const stored = await readRecord(database.records, DEVICE, database.codec);
	return (stored as DeviceReport | undefined) ?? null;
}

exposeBehindDoor<
	TrainingApi &
		InsightTraining &
		RetentionTraining &
		UnlearningTraining &
		PackTrialApi &
		PackMakingTraining
>('training', {
	...trainInsights(profiles, notifier),
	...previewRetention(profiles),
	...checkUnlearned(profiles),
	...tryPacks(profiles, notifier),
	...makesPacks(profiles, notifier),

	trainEncoder: (job, options) => alone(() => trainEncoder(job, options)),
	async device() {
		const database = await openProfile(await profiles.current());
		try {
			return await rememberedDevice(database);
		} finally {
			database.close();
		}
	},
});
