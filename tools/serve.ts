/**
 * Serves `build/` as a static host does, with exactly the headers of its `_headers` file:
 * `npx tsx tools/serve.ts [--port 4173] [--host 127.0.0.1] [--folder build] [--no-headers]`.
 * `--no-headers` plays a plain host that sends none.
 *
 * On the next port it plays somebody else's server, at which the app's self-test aims.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openSelfTestCanary } from './self-test-canary';
import { serveFolder } from './static-server';

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '4173' },
		host: { type: 'string', default: '127.0.0.1' },
		folder: { type: 'string', default: 'build' },
		'no-headers': { type: 'boolean', default: false },
	},
});

if (!existsSync(`${values.folder}/_headers`)) {
	console.error(`There is no built app in ${values.folder}/. Build it first: npm run build`);
	process.exit(1);
}

const server = await serveFolder(values.folder, {
	port: Number(values.port),
	host: values.host,
	headers: !values['no-headers'],
});
console.log(`Doorstep is open at ${server.address}`);
const next = Number(new URL(server.address).port) + 1;
try {
	await openSelfTestCanary(next, values.host);
	console.log(`The self-test aims at port ${next}, where nothing should arrive.`);
} catch {
	console.log(`Port ${next} is taken: the self-test finds no canary of ours there.`);
}
if (!server.secure) {
	console.log('Browsers keep apps offline only from localhost or over HTTPS: put HTTPS before it.');
}
