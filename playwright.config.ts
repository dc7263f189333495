import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './tools/chromium';

export default defineConfig({
	testDir: 'test',
	testMatch: ['e2e/**/*.test.ts', 'privacy/**/*.test.ts'],
	// One browser at a time: tests share the machine with a training run.
	workers: 1,
	timeout: 60_000,
	forbidOnly: Boolean(process.env.CI),
	reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
	use: {
		baseURL: 'http://127.0.0.1:4173',
		serviceWorkers: 'allow',
		launchOptions: { executablePath: findChromium(), args: chromiumArguments },
	},
	projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
	webServer: {
		command: 'npx tsx --tsconfig tools/tsconfig.json tools/serve.ts --port 4173',
		url: 'http://127.0.0.1:4173/',
		reuseExistingServer: !process.env.CI,
	},
});
