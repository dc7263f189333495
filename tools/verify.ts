/**
 * Holds a live site, or a folder, against the published list of a release, file by file:
 * `npm run verify -- <address or folder> [--published integrity.json] [--public-key key.pem]`.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readPublicKey } from './integrity-key';
import { siteAtAddress, siteInFolder, verifySite } from './integrity-verify';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { published: { type: 'string' }, 'public-key': { type: 'string' } },
});

try {
	const { version, fingerprint, checked, faults, open } = await verifySite(siteOf(positionals[0]), {
		...(values.published && { published: await readFile(values.published) }),
		...(values['public-key'] && { publicKey: await readPublicKey(values['public-key']) }),
	});
	console.log(`Doorstep ${version}: ${checked} files held against integrity.json`);
	console.log(`fingerprint: ${fingerprint}`);
	for (const sentence of open) console.log(`left open: ${sentence}`);
	for (const sentence of faults) console.error(`amiss: ${sentence}`);
	console.log(faults.length > 0 ? `\n${faults.length} amiss.` : '\nNothing amiss.');
	process.exit(faults.length > 0 ? 1 : 0);
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exit(2);
}

function siteOf(where: string | undefined) {
	if (where && /^https?:\/\//.test(where)) return siteAtAddress(where);
	if (where && existsSync(where)) return siteInFolder(where);
	throw new Error(
		'Usage: npm run verify -- <address or folder> [--published integrity.json] [--public-key key.pem]',
	);
}
