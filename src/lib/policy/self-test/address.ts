/** Every try of the self-test goes to a path that begins so: it carries the run's token and the way. */
export const CANARY_PATH = '/doorstep-self-test/';

/** A name that is reserved for tests: nothing answers there. */
const RESERVED = 'https://self-test.invalid';

/**
 * What the tries are aimed at: the port after the app's own where its address names a port (where
 * `npm start` listens for them), a reserved name otherwise.
 */
export function canaryOrigin(app: Pick<URL, 'protocol' | 'hostname' | 'port'>): string {
	return app.port ? `${app.protocol}//${app.hostname}:${Number(app.port) + 1}` : RESERVED;
}
