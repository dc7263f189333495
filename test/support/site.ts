/** The built site, served and visited as end-to-end tests need it. */
import {
	type Alteration,
	copyBuild as copyBuildFrom,
	describedBuild,
} from '../../tools/audit/altered-build';
import { openVisitor, type Visitor as AuditVisitor } from '../../tools/audit/browser';
import { namesIn } from '../../tools/audit/network-log';
import { serveFolder, type StaticServer } from '../../tools/static-server';

export type { Alteration } from '../../tools/audit/altered-build';
export { temporaryFolder } from '../../tools/audit/browser';

export const BUILD = 'build';

/** Serves a built folder on a free port of this machine. */
export function openSite(folder = BUILD, { headers = true } = {}): Promise<StaticServer> {
	return serveFolder(folder, { port: 0, host: '127.0.0.1', headers });
}

/**
 * Copies the built site as another build of it: with other content, its own id, and hashes that
 * match. The copy replaces what is in `to`.
 */
export function copyBuild(to: string, alteration: Alteration = {}): Promise<string> {
	return copyBuildFrom(BUILD, to, alteration);
}

/** Which pages the build has, as the service worker knows them. */
export async function builtRoutes(): Promise<string[]> {
	return (await describedBuild(BUILD)).routes;
}

export interface Visitor extends Omit<AuditVisitor, 'leave'> {
	/** Closes the browser and removes its files; tells every host name that it looked up. */
	leave(): Promise<string[]>;
}

/**
 * A Chromium with a profile on disk, as a person has it: an incognito one never prefetches names.
 * Its network log sees look-ups that never become a connection.
 *
 * @param baseURL where addresses without an origin lead
 */
export async function visit(baseURL?: string): Promise<Visitor> {
	const visitor = await openVisitor(baseURL ? { baseURL } : {});
	return {
		get context() {
			return visitor.context;
		},
		profile: visitor.profile,
		close: () => visitor.close(),
		restart: () => visitor.restart(),
		leave: async () => namesIn(await visitor.leave()),
	};
}
