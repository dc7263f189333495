import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './tools/chromium';

/** The built app in a real Chromium. Each test has a browser profile of its own. */
export default defineConfig({
	testDir: 'test',
	testMatch: ['e2e/**/*.test.ts', 'privacy/**/*.test.ts'],
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
	projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
