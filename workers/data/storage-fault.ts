import type { Fault } from '$lib/contracts';
import { FaultError } from './fault';

const KEPT = 'Everything that was stored before, as it was.';

const FAULTS: Record<string, Omit<Fault, 'detail'>> = {
	QuotaExceededError: {
		name: 'QuotaExceeded',
		message: 'There is no room left on this device for that.',
		kept: KEPT,
		next: 'Free some space, or open a smaller file. Then try again.',
	},
	VersionError: {
		name: 'StorageNewer',
		message: 'The data here was written by a newer version of Doorstep.',
		kept: KEPT,
		next: 'Close all tabs of Doorstep and open it again to get the newer version.',
	},
	DatabaseClosedError: {
		name: 'StorageLost',
		message: 'The browser closed the data while it was in use.',
		kept: 'What was on disk. The last act may be missing.',
		next: 'Reload the page.',
	},
};

/** Turns what the database throws into words; anything else is handed back as it came. */
export function storageFault(error: unknown): unknown {
	const names = namesOf(error);
	const known = names.find((name) => Object.hasOwn(FAULTS, name));
	if (!known) return error;
	return new FaultError({ ...(FAULTS[known] as Fault), detail: known });
}

/** Dexie wraps the browser's error: its name may stand inside. */
function namesOf(error: unknown): string[] {
	const names: string[] = [];
	for (let at = error; at instanceof Error; at = (at as { inner?: unknown }).inner) {
		names.push(at.name);
		if (names.length > 4) break;
	}
	return names;
}
