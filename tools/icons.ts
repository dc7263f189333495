/**
 * Draws the PNG icons of the manifest from `static/icon.svg`: `npx tsx tools/icons.ts`.
 * Run it when the drawing changes; the pictures are committed.
 */
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { chromiumArguments, findChromium } from './chromium';

/** `share`: how much of the square's height the door takes. A mask may cut all but the middle 80 %. */
const ICONS = [
	{ file: 'icon-192.png', size: 192, share: 0.74 },
	{ file: 'icon-512.png', size: 512, share: 0.74 },
	{ file: 'icon-maskable-512.png', size: 512, share: 0.54 },
];

const PAPER = '#F6F2E9';

const drawing = await readFile('static/icon.svg', 'utf8');
const browser = await chromium.launch({
	executablePath: findChromium(),
	args: chromiumArguments,
});
const page = await browser.newPage();
for (const { file, size, share } of ICONS) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(`<style>
		body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${PAPER} }
		svg { height: ${share * 100}vh }
	</style>${drawing}`);
	await page.screenshot({ path: `static/${file}` });
}
await browser.close();
