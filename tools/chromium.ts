import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Where systems keep a Chromium or a Chrome, most usual first. */
const SYSTEM_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome-stable',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Switches for every test browser: software WebGPU (there is no GPU in CI), and none of the
 * browser's own background requests, which would blur what the app itself sends.
 */
export const chromiumArguments = [
	'--no-sandbox',
	'--enable-unsafe-webgpu',
	'--use-webgpu-adapter=swiftshader',
	'--enable-features=Vulkan',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run',
];

/**
 * The path of a Chromium to test with: `CHROMIUM_PATH`, then a system one, then Playwright's own;
 * `undefined` where there is none yet (`npm test` then installs one).
 */
export function findChromium(): string | undefined {
	const candidates = [process.env.CHROMIUM_PATH, ...SYSTEM_PATHS, chromium.executablePath()];
	return candidates.find((path) => path && existsSync(path));
}
