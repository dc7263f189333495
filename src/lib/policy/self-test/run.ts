import type { SelfTestResult, SelfTestTarget } from '$lib/contracts';
import { CANARY_PATH } from './address';
import { judge } from './judge';
import { type Aim, isTried, refused, type Sign, silent, type TriedWay, type Way } from './way';
import { openWitness, type Witness } from './witness';

/** Milliseconds that one try may take. */
const PATIENCE = 4_000;
/** Milliseconds in which a browser reports what it refused or loaded, at most. */
const REPORTED = 1_000;
/** Milliseconds between two looks at what was reported. */
const LOOK_AGAIN = 40;

/**
 * Tries ways one after another where the browser would not say which of them it refused, and the
 * rest together. Results come as they are known.
 *
 * @param signal  stops before the next way; those that are under way are not reported
 */
export async function tryWays(
	ways: readonly Way[],
	target: SelfTestTarget,
	onResult: (result: SelfTestResult) => void,
	signal?: AbortSignal,
): Promise<void> {
	const witness = openWitness(target.origin);
	const attempt = async (way: TriedWay) => {
		const result = await tryOne(way, target, witness);
		if (!signal?.aborted) onResult(result);
	};
	const tried = ways.filter(isTried);
	try {
		for (const way of ways) if (!isTried(way)) onResult(untried(way, way.because));
		for (const way of tried.filter(({ alone }) => alone)) if (!signal?.aborted) await attempt(way);
		if (!signal?.aborted)
			await Promise.race([
				Promise.all(tried.filter(({ alone }) => !alone).map(attempt)),
				aborted(signal),
			]);
	} finally {
		witness.close();
	}
}

async function tryOne(
	way: TriedWay,
	target: SelfTestTarget,
	witness: Witness,
): Promise<SelfTestResult> {
	const aim = aimOf(way, target);
	const path = new URL(aim.address).pathname;
	witness.forget();
	const sign = await Promise.race([attempted(way, aim), after(PATIENCE).then(() => silent)]);
	const directive = () =>
		(way.alone ? witness.refusedAlone() : undefined) ?? witness.refusedBy(path);
	const said = () => directive() !== undefined || witness.sawAnswer(path);
	const speaks = sign.kind === 'silent' || sign.kind === 'refused';
	for (let waited = 0; speaks && !said() && waited < REPORTED; waited += LOOK_AGAIN)
		await after(LOOK_AGAIN);
	return {
		...described(way),
		...judge(way, {
			sign,
			answered: witness.sawAnswer(path),
			directive: directive(),
			permissionDenied: way.permission !== undefined && !allowed(way.permission),
			level: target.level,
			online: navigator.onLine,
		}),
	};
}

async function attempted(way: TriedWay, aim: Aim): Promise<Sign> {
	try {
		return await way.attempt(aim);
	} catch (error) {
		return refused(error);
	}
}

function aimOf(way: TriedWay, { origin, token, controlled }: SelfTestTarget): Aim {
	const own = `${CANARY_PATH}${token}/${way.place}-${way.id}${way.ending ?? ''}`;
	return { address: origin + own, own, token, controlled };
}

function untried(way: Way, because: string): SelfTestResult {
	return { ...described(way), verdict: 'not-in-page', by: 'nothing', detail: because };
}

const described = ({ id, name, group, place, rows }: Way) => ({ id, name, group, place, rows });

interface Permissions {
	readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** Where the browser does not say, a permission counts as given. */
function allowed(permission: string): boolean {
	const { document } = globalThis as { document?: Permissions };
	return document?.featurePolicy?.allowsFeature(permission) ?? true;
}

const after = (milliseconds: number) =>
	new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const aborted = (signal?: AbortSignal) =>
	new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
