/**
 * `npm run audit [-- --build folder] [-- --out audit-report] [-- --quick]`: shows whether anything
 * leaves the app. docs/audit.md says how to read it. A table for people on stdout; the report, the
 * evidence, the bill of materials and the hashes in a folder. Exit code: 0 where the promise holds,
 * 1 where it does not, 2 where the audit itself could not be run.
 */
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeReport } from './audit/report';
import { audit } from './audit/run';
import { tablesOf } from './audit/tables';

const { values } = parseArgs({
	options: {
		build: { type: 'string' },
		out: { type: 'string', default: 'audit-report' },
		quick: { type: 'boolean', default: false },
	},
});

const say = (words: string) => process.stderr.write(`${words}\n`);

/** @returns the folder of the built app */
function built(): string {
	if (values.build) return values.build;
	say('Building the app.');
	const { status } = spawnSync('npm run -s build', { shell: true, stdio: ['ignore', 2, 2] });
	if (status !== 0) throw new Error('The app could not be built.');
	return 'build';
}

try {
	const build = built();
	await mkdir(values.out, { recursive: true });
	const started = performance.now();
	const done = (words: string) =>
		say(`${Math.round((performance.now() - started) / 1000)} s: ${words}`);
	const { result, walks } = await audit({ build, quick: values.quick, say: done });
	await writeReport(values.out, build, result, walks);
	process.stdout.write(`${tablesOf(result)}\n\nThe report is in ${values.out}/report.html\n`);
	process.exitCode = result.verdict === 'pass' ? 0 : 1;
} catch (fault) {
	say(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
	process.exitCode = 2;
}
