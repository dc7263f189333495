/** What axe finds on a page, at phone and desktop size, in light and in dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const THEMES = ['light', 'dark'] as const;

/** Faults of the page as it stands, in every size and theme. */
export async function expectNoFault(page: Page, where: string): Promise<void> {
	for (const [size, viewport] of Object.entries(SIZES)) {
		await page.setViewportSize(viewport);
		for (const colorScheme of THEMES) {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await comeToRest(page);
			const { violations } = await new AxeBuilder({ page })
				.options({ resultTypes: ['violations'] })
				.analyze();
			const serious = violations
				.filter(({ impact }) => impact === 'serious' || impact === 'critical')
				.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' | ')}`);
			expect.soft(serious, `${where}, ${size}, ${colorScheme}`).toEqual([]);
		}
	}
}

/** Colours on their way from one theme to the other, or of a notice that fades in, are nobody's fault. */
async function comeToRest(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const ending = document
			.getAnimations()
			.filter(({ playState }) => playState === 'running')
			.filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
		await Promise.allSettled(ending.map(({ finished }) => finished));
	});
}
