import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './tools/chromium';

const chromium = { browserName: 'chromium' } as const;

/** The built app in a real Chromium. Each test has a browser profile of its own. */
export default defineConfig({
	testDir: 'test',
	// What takes minutes runs with `npm run test:long`.
	...(process.env.DOORSTEP_LONG ? { grep: /@long/ } : { grepInvert: /@long/ }),
	// One browser at a time: tests share the machine with a training run.
	workers: 1,
	timeout: 60_000,
	expect: { timeout: 15_000 },
	forbidOnly: Boolean(process.env.CI),
	reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
	use: {
		serviceWorkers: 'allow',
		locale: 'en-GB',
		timezoneId: 'Europe/London',
		launchOptions: { executablePath: findChromium(), args: chromiumArguments },
	},
	projects: [
		// What is explored is drawn by lot and machines differ in speed: a second try is allowed, and told.
		{ name: 'app', testMatch: 'e2e/**/*.test.ts', retries: 1, use: chromium },
		// What got out once has got out: no second try.
		{ name: 'privacy', testMatch: 'privacy/**/*.test.ts', use: chromium },
	],
});
