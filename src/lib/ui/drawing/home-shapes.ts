import type { DrawingTraits } from '$lib/contracts';
import { buildings } from './buildings';
import { dice } from './dice';
import { lights } from './light';
import { Scene, type Shape, type WholeTraits } from './scene';
import { paintBackdrop, paintForeground } from './surroundings';

/** The part of the drawing that is shown: 8 to 5. */
export const VIEW_BOX = '20 10 280 175';

/**
 * Draws a home from its attributes. Pure: the same traits and the same seed give the same shapes,
 * for everyone, and nothing about the person who looks goes into them. One to three kilobytes.
 *
 * @param seed the home's key; it chooses wall, roof and light
 */
export function homeShapes(home: DrawingTraits, seed: string): readonly Shape[] {
	const roll = dice(seed);
	const light = lights[Math.floor(roll() * lights.length)] ?? lights[0];
	const scene = new Scene(wholeTraits(home), light, roll);
	paintBackdrop(scene);
	buildings[scene.traits.type](scene);
	paintForeground(scene);
	return scene.shapes;
}

/** What the drawing shows, for ears: `Drawing: flat, 2 bedrooms, floor 4, balcony`. */
export function drawingWords(home: DrawingTraits): string {
	const beds = home.bedrooms ?? 1;
	const extras = [
		home.type === 'flat' && home.floor !== undefined ? `floor ${home.floor}` : '',
		home.balcony ? 'balcony' : '',
		home.garden ? 'garden' : '',
		home.waterfront ? 'by the water' : '',
	].filter(Boolean);
	const rooms = home.type === 'studio' ? 'one room' : `${beds} bedroom${beds === 1 ? '' : 's'}`;
	return ['Drawing: ' + home.type, rooms, ...extras].join(', ');
}

/** Every trait filled in and within what can be drawn, whatever a file said. */
function wholeTraits(home: DrawingTraits): WholeTraits {
	const type = Object.hasOwn(buildings, home.type) ? home.type : 'detached';
	const floor = whole(home.floor, 1);
	const floors = clamp(whole(home.floors, Math.max(4, floor + 2)), 3, 8);
	return {
		type,
		bedrooms: clamp(whole(home.bedrooms, 1), 0, 6),
		floors,
		floor: clamp(floor, 0, floors - 1),
		balcony: home.balcony === true,
		garden: home.garden === true,
		lift: home.lift === true,
		waterfront: home.waterfront === true,
		setting: home.setting ?? 'open',
	};
}

const whole = (value: number | undefined, otherwise: number): number =>
	value !== undefined && Number.isFinite(value) ? Math.round(value) : otherwise;

const clamp = (value: number, lowest: number, highest: number): number =>
	Math.max(lowest, Math.min(highest, value));
