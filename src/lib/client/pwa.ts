import { Workbox } from 'workbox-window';
import { SERVICE_WORKER, trusted } from '$lib/policy/trusted';

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
		applyUpdate: () => workbox.messageSkipWaiting(),
		lookForUpdate: () => workbox.update(),
	};
}

/** The worker that controls this page changes only when some tab applied an update. */
function reloadWhenReplaced(beforeReload: () => Promise<void>): void {
	if (!navigator.serviceWorker.controller) return;
	const replaced = async () => {
		await beforeReload();
		location.reload();
	};
	navigator.serviceWorker.addEventListener('controllerchange', () => void replaced(), {
		once: true,
	});
}

/**
 * Leaves for `/erase`, which the host answers with `Clear-Site-Data`. The service worker lets this
 * one visit through; it stops links from elsewhere, as they would empty the device unasked.
 */
export async function leaveToErase(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration();
	if (registration?.active) await told(registration.active, 'ERASE');
	location.href = '/erase';
}

/** @returns when the service worker has heard it */
function told(worker: ServiceWorker, type: string): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = () => resolve();
		worker.postMessage({ type }, [port2]);
	});
}
