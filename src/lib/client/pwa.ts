import { Workbox } from 'workbox-window';
import { ERASE_PATH } from '$lib/policy/policy.js';
import { SERVICE_WORKER, trusted } from '$lib/policy/trusted';

/** Milliseconds. An update that has not taken over by then is taken for parked. */
const PARKED_AFTER = 3_000;

export interface PwaEvents {
	/** Everything is kept: from the next load on, the app opens without a network. */
	onOfflineReady(): void;
	/** A new version waits. It starts with `applyUpdate`, or once every tab has been closed. */
	onUpdateReady(): void;
	/**
	 * The new version is about to take over this tab, perhaps because another tab asked for it.
	 * The tab reloads when the promise resolves: finish, or stop at a checkpoint, and tell the
	 * person. Until then the tab goes on with the files of its own version.
	 */
	beforeReload(): Promise<void>;
}

export interface Pwa {
	/** Starts the new version in every tab. Does nothing where none waits. */
	applyUpdate(): void;
	/** Asks the host once whether there is a newer version. The browser does so at each load, too. */
	lookForUpdate(): Promise<void>;
}

/**
 * Registers the service worker and tells what becomes of it. Call it once a tab, and not on
 * `/erase`, which is there to leave nothing behind.
 *
 * @returns `null` where the browser has no service workers or refused ours
 */
export async function startPwa(events: PwaEvents): Promise<Pwa | null> {
	if (!('serviceWorker' in navigator)) return null;
	const workbox = new Workbox(trusted(SERVICE_WORKER), { updateViaCache: 'none' });
	workbox.addEventListener('activated', ({ isUpdate, isExternal }) => {
		if (!isUpdate && !isExternal) events.onOfflineReady();
	});
	workbox.addEventListener('waiting', () => events.onUpdateReady());
	reloadWhenReplaced(events.beforeReload);
	try {
		await workbox.register();
	} catch {
		return null;
	}
	return {
		applyUpdate() {
			workbox.messageSkipWaiting();
			setTimeout(() => void reloadWhereParked(events.beforeReload), PARKED_AFTER);
		},
		lookForUpdate: () => workbox.update(),
	};
}

/**
 * Another worker takes over this page only when some tab applied an update. Erasing takes the
 * worker away and puts none in its place: a reload would then cut the erasing short.
 */
function reloadWhenReplaced(beforeReload: () => Promise<void>): void {
	const { serviceWorker } = navigator;
	if (!serviceWorker.controller) return;
	serviceWorker.addEventListener('controllerchange', async () => {
		if (!serviceWorker.controller) return;
		await beforeReload();
		location.reload();
	});
}

/**
 * Chromium sometimes leaves the new worker waiting for good (seen in 156, in the tests about one update
 * in four; the old worker had just been woken by a request, which is the likely cause). Asking again
 * changes nothing. The next load finishes the change.
 */
async function reloadWhereParked(beforeReload: () => Promise<void>): Promise<void> {
	const registration = await navigator.serviceWorker.getRegistration();
	if (!registration?.waiting) return;
	await beforeReload();
	location.reload();
}

/**
 * Leaves for `/erase`, which the host answers with `Clear-Site-Data`. Needs the network.
 *
 * The service worker answers `/erase` with the shell, as a link from elsewhere must not empty the
 * device unasked. So it goes first; the browser then asks the host.
 */
export async function leaveToErase(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration();
	await registration?.unregister();
	location.href = ERASE_PATH;
}
