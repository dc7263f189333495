import { createRawSnippet } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import type { MapPoints, TasteWeight } from '$lib/contracts';
import HomeList from '$lib/ui/homes/HomeList.svelte';
import HomeMap from '$lib/ui/map/HomeMap.svelte';
import RangeSlider from '$lib/ui/parts/RangeSlider.svelte';
import WeightRow from '$lib/ui/taste/WeightRow.svelte';
import { feature } from '../support/homes-shown';

const COIN = { currency: 'USD', period: 'month' } as const;

/** A room of a known size for what fills its parent. */
function roomOf(height: number): HTMLElement {
	const room = document.createElement('div');
	room.style.height = `${height}px`;
	document.body.append(room);
	return room;
}

afterEach(() => document.body.replaceChildren());

it('draws a screenful of a list of 50,000 homes, and arrows walk it', async () => {
	const properties = Uint32Array.from({ length: 50_000 }, (_, index) => index);
	const row = createRawSnippet((property: () => number) => ({
		render: () => `<p><a data-row-link href="#${property()}">Home ${property()}</a></p>`,
	}));
	const target = roomOf(400);
	await render(HomeList, { target, props: { properties, label: 'homes', row, estimate: 40 } });

	await expect.element(page.getByRole('link', { name: 'Home 0', exact: true })).toBeVisible();
	expect(target.querySelectorAll('[role=listitem]').length).toBeLessThan(60);
	expect(target.querySelector('[role=listitem]')?.getAttribute('aria-setsize')).toBe('50000');

	target.querySelector<HTMLElement>('[data-row-link]')?.focus();
	await userEvent.keyboard('{ArrowDown}');
	await expect.poll(() => document.activeElement?.textContent).toBe('Home 1');
});

it('lets a weight be corrected by keyboard, and says what it now does', async () => {
	const weight: TasteWeight = {
		feature: feature('amenity', 'Garden'),
		weight: 0.4,
		uncertainty: 0.1,
		learned: 0.4,
		edited: false,
		off: false,
		evidence: [{ act: 'save', count: 5 }],
		reasons: [],
	};
	const onchange = vi.fn();
	const onswitch = vi.fn();
	await render(WeightRow, { weight, money: COIN, range: 1, onchange, onswitch });

	const slider = page.getByRole('slider', { name: 'Garden' });
	await expect.element(slider).toHaveAttribute('aria-valuetext', 'lifts a home by 0.40, sure');
	(slider.element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowLeft}');
	await userEvent.keyboard('{Home}');
	expect(onchange.mock.calls).toEqual([[0.35], [-1]]);

	await page.getByRole('switch', { name: 'Use Garden' }).click();
	expect(onswitch).toHaveBeenCalledWith(false);
});

it('tells a price range when a knob is let go', async () => {
	const onchange = vi.fn();
	await render(RangeSlider, {
		min: 0,
		max: 1000,
		step: 100,
		from: 200,
		to: 1000,
		label: 'Price',
		counts: [1, 3, 2, 0],
		format: (value: number) => `$${value}`,
		onchange,
	});
	const top = page.getByRole('slider', { name: 'Price to' });
	await expect.element(top).toHaveAttribute('aria-valuetext', '$1000 or more');
	(page.getByRole('slider', { name: 'Price from' }).element() as HTMLElement).focus();
	await userEvent.keyboard('{ArrowRight}');
	expect(onchange).toHaveBeenLastCalledWith(300, 1000);
});

it('chooses the home in the middle of the map by Enter, and shows all again by a button', async () => {
	const points: MapPoints = {
		properties: Uint32Array.of(4, 5, 6),
		latitudes: Float64Array.of(42.4, 42.35, 42.3),
		longitudes: Float64Array.of(-71.1, -71.05, -71.0),
		neighbourhoods: Uint16Array.of(0, 0, 1),
		names: ['Juniper Hill', 'Old Market'],
	};
	const onselect = vi.fn();
	await render(HomeMap, { target: roomOf(400), props: { points, onselect } });

	const map = page.getByRole('application');
	(map.element() as HTMLElement).focus();
	await userEvent.keyboard('{Enter}');
	expect(onselect).toHaveBeenLastCalledWith(5);

	await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
	await userEvent.keyboard('{Enter}');
	expect(onselect).toHaveBeenLastCalledWith(undefined);

	await page.getByRole('button', { name: 'All homes' }).click();
	(map.element() as HTMLElement).focus();
	await userEvent.keyboard('{Enter}');
	expect(onselect).toHaveBeenLastCalledWith(5);
});
