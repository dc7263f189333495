import type { MappedModel, RunRecord } from '$lib/contracts';
import { isWithdrawn } from '$workers/privacy/consent';
import {
	MODEL_NAMES,
	MODEL_TABLES,
	type ModelName,
	modelPurpose,
} from '$workers/privacy/model-tables';
import { readConsent } from './consents';
import type { Repositories } from './repositories';
import { ENCODER } from './models';

/** A model before it is named. */
type Standing = Omit<MappedModel, 'name' | 'purpose'>;

/** The models that stand on this device: what each learned from, when, and whether it still may. */
export async function standingModels(here: Repositories): Promise<readonly MappedModel[]> {
	const consent = await readConsent(here.database);
	const takenBack = (model: ModelName) =>
		MODEL_TABLES[model].some((table) => isWithdrawn(consent, table, modelPurpose(model)));
	const all = await here.runs.all('account');
	const standing = await Promise.all(
		MODEL_NAMES.map((model) => {
			if (model === 'taste') return tasteOf(here);
			if (model === 'listing-encoder') return encoderOf(here);
			return runOf(all.filter((run) => run.model === model));
		}),
	);
	return standing.flatMap((model, i) => {
		const name = MODEL_NAMES[i] as ModelName;
		const stale = model?.stale || takenBack(name);
		return model ? [{ ...model, name, purpose: modelPurpose(name), stale }] : [];
	});
}

/** The version in use; where none is, the newest that was taken out of use with its data. */
function runOf(runs: readonly RunRecord[]): Standing | null {
	const newest = [...runs].sort((a, b) => b.trainedAt - a.trainedAt);
	const run =
		newest.find(({ stage }) => stage === 'Production') ??
		newest.find(({ stage }) => stage === 'Staging') ??
		newest.find(({ stale }) => stale);
	if (!run) return null;
	const { bytes, rows, stale, tables, trainedAt, version } = run;
	return { version, trainedAt, tables, rows, bytes, stale: stale !== undefined };
}

/** Learned from one catalogue; a new one makes it stale until the homes are learned anew. */
async function encoderOf({ catalogue, models }: Repositories): Promise<Standing | null> {
	const kept = await models.card(ENCODER);
	if (!kept) return null;
	const summary = await catalogue.summary();
	const stale = summary?.version !== kept.version;
	const rows = stale ? 0 : (summary?.homes ?? 0);
	return { ...kept, tables: MODEL_TABLES[ENCODER], rows, stale };
}

/** Never stored: computed from the acts each time. */
async function tasteOf({ acts, tasteEdits }: Repositories): Promise<Standing | null> {
	const [done, said] = [await acts.totals(), await tasteEdits.totals()];
	const rows = done.rows + said.rows;
	if (rows === 0) return null;
	return {
		version: '',
		trainedAt: Number.NaN,
		tables: MODEL_TABLES.taste,
		rows,
		bytes: 0,
		stale: false,
	};
}
