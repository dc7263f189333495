import { readFileSync } from 'node:fs';

/** The app's version: of `package.json`, not of the environment, so that every build says the same. */
export const VERSION = /** @type {string} */ (
	JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
);
