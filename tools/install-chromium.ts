import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium';

/** Ways to get a Chromium, the one that needs no rights first. */
const WAYS: readonly { readonly name: string; readonly commands: readonly string[] }[] = [
	{ name: "Playwright's own", commands: ['npx playwright install chromium'] },
	{ name: "the system's package", commands: ['apt-get update', 'apt-get install -y chromium'] },
];

/**
 * The path of a Chromium to test with. Installs one where there is none, and says which it is.
 *
 * @throws Error that says what to do, where none could be had
 */
export function ensureChromium(): string {
	const found = findChromium();
	if (found) {
		console.log(`Testing with ${found}`);
		return found;
	}
	for (const { name, commands } of WAYS) {
		console.log(`No Chromium here yet: trying ${name}.`);
		commands.every((command) => spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0);
		const installed = findChromium();
		if (installed) {
			console.log(`Testing with ${installed}, just installed.`);
			return installed;
		}
	}
	throw new Error(
		'No Chromium could be found or installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
	);
}
