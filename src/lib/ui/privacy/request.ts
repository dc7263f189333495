/** One request of this page's or the service worker's, as the browser's own records tell it. */
export interface SeenRequest {
	/** Without the origin where it is this app's own. */
	readonly address: string;
	readonly kind: string;
	/** UTC milliseconds. */
	readonly instant: number;
	/** Over the network, 0 from the cache. */
	readonly bytes: number;
	/** Tried by the self-test on purpose; its outcome stands there. */
	readonly selfTest?: boolean;
	/** To the address that the app was installed from. */
	readonly own: boolean;
}
