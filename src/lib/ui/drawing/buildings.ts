import type { DrawingTraits } from '$lib/contracts';
import { box, mix, polygon } from './geometry';
import { night } from './light';
import { GROUND, KNOB, type Pane, type Scene } from './scene';

const WALLS = ['#F4E8D2', '#E9C987', '#D9937A', '#B9C3A6', '#C9D3D8', '#EBDCCB'] as const;
const WARM_WALLS = ['#F4E8D2', '#E9C987', '#D9937A'] as const;
const ROOFS = ['#8E4432', '#434B57', '#6F5C4B', '#A65B3A'] as const;
const WOODS = ['#A9764B', '#8F6B4A', '#B98757'] as const;
const CHIMNEY = '#6F5C4B';
const SHADE = '#5A4632';

/** Slate roofs, paler at night, when they would be lost in the sky. */
const slate = (scene: Scene): string => (scene.light === night ? '#7C8596' : '#434B57');

/** Six types with six silhouettes. */
export const buildings: Record<DrawingTraits['type'], (scene: Scene) => void> = {
	studio: (scene) =>
		scene.traits.setting === 'downtown' ? paintTownStudio(scene) : paintGardenStudio(scene),
	flat: paintFlat,
	terraced: paintTerraced,
	detached: paintDetached,
	loft: paintLoft,
	cabin: paintCabin,
};

/** In town a studio is one large window of a slim house between taller neighbours, over a shop. */
function paintTownStudio(scene: Scene): void {
	const base = scene.pick(WALLS);
	const storeys = 4;
	const storey = 23;
	const [x, width] = [122, 76];
	const top = GROUND - storeys * storey - 10;
	paintNeighbours(scene);
	scene.paint(base, box(x, top, width, GROUND - top));
	scene.paint(mix(base, SHADE, 0.22), box(x + width - 8, top, 8, GROUND - top));
	scene.paint(scene.pick(ROOFS), box(x - 4, top - 7, width + 8, 8));
	const own = 1 + Math.floor(scene.roll() * (storeys - 1));
	const pane = (floor: number): number => top + 9 + (storeys - 1 - floor) * storey;
	scene.dark(
		[1, 2, 3]
			.filter((floor) => floor !== own)
			.flatMap((floor): Pane[] => [
				[x + 12, pane(floor), 18, 15],
				[x + 40, pane(floor), 18, 15],
			]),
	);
	scene.lit([[x + 12, pane(own), 46, 15]]);
	scene.trim(box(x + 34, pane(own), 2, 15));
	if (scene.traits.balcony) scene.balcony(x + 10, pane(own) + 16, 48);
	else scene.fill(KNOB, box(x + 8, pane(own) + 18, 54, 2));
	scene.dark([[x + 34, GROUND - 21, 30, 16]]);
	scene.paint(
		scene.pick(ROOFS),
		polygon(
			[x + 30, GROUND - 26],
			[x + 66, GROUND - 26],
			[x + 71, GROUND - 18],
			[x + 26, GROUND - 18],
		),
	);
	scene.door(x + 9, 15, 27);
}

function paintNeighbours(scene: Scene): void {
	const wall = (colour: string): string => mix(colour, '#BDB29F', 0.5);
	scene.paint(wall(scene.pick(WALLS)), box(56, 40, 66, GROUND - 40));
	scene.paint(wall(scene.pick(WALLS)), box(198, 56, 66, GROUND - 56));
	scene.paint(slate(scene), box(54, 36, 70, 5) + box(196, 52, 70, 5));
	const rows = (left: number, top: number, count: number): Pane[] =>
		Array.from({ length: count }, (_, row) => row).flatMap((row): Pane[] => [
			[left, top + row * 24, 14, 14],
			[left + 26, top + row * 24, 14, 14],
		]);
	scene.dark([...rows(69, 52, 4), ...rows(211, 68, 4)]);
}

/** Out of town it stands alone under a pent roof. */
function paintGardenStudio(scene: Scene): void {
	const [x, width] = [88, 144];
	const wall = scene.pick(WALLS);
	const roof = scene.pick(ROOFS);
	scene.paint(CHIMNEY, box(x + 20, 62, 13, 30));
	scene.paint(wall, polygon([x, 92], [x + width, 70], [x + width, GROUND], [x, GROUND]));
	scene.paint(roof, polygon([x - 9, 95], [x + width + 9, 70], [x + width + 9, 60], [x - 9, 85]));
	scene.lit([
		[x + 58, 100, 32, 40],
		[x + 94, 100, 32, 40],
	]);
	scene.trim(box(x + 53, 140, 78, 4));
	scene.door(x + 19, 24, 46);
	if (scene.traits.balcony) scene.balcony(x + 56, GROUND - 4, 72);
}

function paintFlat(scene: Scene): void {
	const { floors, floor, bedrooms, balcony, lift } = scene.traits;
	const columns = Math.min(5, 3 + Math.floor(scene.roll() * 3));
	const storey = Math.max(14, Math.min(22, Math.round(122 / floors)));
	const height = floors * storey + 8;
	const width = columns * 28 + 18;
	const [x, y] = [Math.round(160 - width / 2), GROUND - height];
	const base = scene.pick(WALLS);
	scene.paint(base, box(x, y, width, height));
	scene.paint(
		mix(base, SHADE, 0.22),
		box(x + width - 12, y, 12, height) + box(x, GROUND - storey - 2, width, 2),
	);
	scene.paint(slate(scene), box(x - 4, y - 4, width + 8, 5));
	if (lift) paintLift(scene, x + width, y, height, storey);
	const own = Math.max(1, Math.min(columns, bedrooms + 1));
	const first = balcony || scene.roll() < 0.5 ? 0 : columns - own;
	const doorColumn = Math.floor(columns / 2);
	const lit: Pane[] = [];
	const dark: Pane[] = [];
	for (let row = 0; row < floors; row++)
		for (let column = 0; column < columns; column++) {
			if (row === 0 && column === doorColumn) continue;
			const mine = row === floor && column >= first && column < first + own;
			const awake = scene.light === night && scene.roll() < 0.12;
			const top = y + 8 + (floors - 1 - row) * storey;
			(mine || awake ? lit : dark).push([x + 9 + column * 28, top, 16, storey - 8]);
		}
	scene.dark(dark);
	scene.lit(lit);
	scene.door(x + 9 + doorColumn * 28, 16, Math.max(18, storey - 1));
	const foot = y + (floors - floor) * storey + 1;
	if (floor === 0) return;
	if (balcony) scene.balcony(x + 5 + first * 28, foot, own * 28 - 4);
	else scene.fill(KNOB, box(x + 7 + first * 28, foot, own * 28 - 8, 2));
}

/** The shaft at the building's right edge, its car at the home's floor. */
function paintLift(scene: Scene, right: number, y: number, height: number, storey: number): void {
	const { floors, floor } = scene.traits;
	scene.paint(slate(scene), box(right - 42, y - 18, 26, 14));
	scene.paint('#C9D3D8', box(right - 9, y + 8, 5, height - 8));
	scene.fill(
		scene.light.lamp,
		box(right - 9, y + 8 + (floors - 1 - floor) * storey, 5, storey - 6),
	);
}

/** The middle house of three. */
function paintTerraced(scene: Scene): void {
	const width = 66;
	const tall = scene.traits.bedrooms > 2;
	const eaves = GROUND - (tall ? 92 : 76);
	const roof = scene.tone(scene.pick(ROOFS));
	const walls = [scene.pick(WALLS), scene.pick(WARM_WALLS), scene.pick(WALLS)] as const;
	for (const house of [0, 2, 1] as const) {
		const x = 61 + house * width;
		const mine = house === 1;
		const top = mine ? eaves - 4 : eaves;
		scene.paint(
			mine ? walls[1] : mix(walls[house], '#BDB29F', 0.45),
			box(x, top, width, GROUND - top),
		);
		scene.fill(
			mine ? roof : mix(roof, scene.light.far, 0.35),
			polygon([x - 2, top], [x + 8, top - 22], [x + width - 8, top - 22], [x + width + 2, top]),
		);
		scene.paint(mine ? CHIMNEY : '#9A8C7A', box(x + width - 18, top - 34, 10, 16));
		const panes: Pane[] = [
			[x + 11, top + 12, 17, 24],
			[x + 38, top + 12, 17, 24],
			[x + 32, GROUND - 34, 24, 24],
		];
		if (!mine) {
			scene.dark(panes);
			scene.paint('#7C7365', box(x + 10, GROUND - 30, 13, 30));
		} else scene.lit(tall ? [...panes, [x + 26, top - 17, 14, 12]] : panes);
	}
	const x = 61 + width;
	scene.trim(
		box(x + 9, eaves + 32, 21, 2) +
			box(x + 36, eaves + 32, 21, 2) +
			box(x + 30, GROUND - 10, 28, 3) +
			box(x + 43, GROUND - 34, 2, 24),
	);
	scene.door(x + 9, 16, 34);
	scene.paint('#B8AC98', box(x + 5, GROUND, 24, 4));
	if (scene.traits.balcony) scene.balcony(x + 34, eaves + 34, 24);
}

function paintDetached(scene: Scene): void {
	const { bedrooms, balcony } = scene.traits;
	const base = scene.pick(WALLS);
	const tall = bedrooms > 2;
	const width = 104 + Math.min(4, bedrooms) * 10;
	const [x, y] = [Math.round(150 - width / 2), tall ? 84 : 112];
	const roof = scene.tone(scene.pick(ROOFS));
	scene.paint(base, box(x, y, width, GROUND - y));
	scene.paint(CHIMNEY, box(x + 20, y - 48, 13, 34));
	const [left, right] = [x - 10, x + width + 10];
	scene.fill(
		roof,
		scene.roll() < 0.5
			? polygon([left, y + 2], [x + 24, y - 38], [x + width - 24, y - 38], [right, y + 2])
			: polygon([left, y + 2], [x + width / 2, y - 50], [right, y + 2]),
	);
	const panes: Pane[] = [[x + 12, GROUND - 36, 24, 24]];
	if (bedrooms > 1) panes.push(paintWing(scene, x + width - 14, base, roof));
	if (tall) {
		const across = Math.min(4, bedrooms);
		const gap = (width - across * 18) / (across + 1);
		for (let window = 0; window < across; window++)
			panes.push([Math.round(x + gap + window * (18 + gap)), y + 10, 18, 22]);
	}
	if (width > 120) panes.push([x + width - 48, GROUND - 36, 24, 24]);
	scene.lit(panes);
	const doorX = Math.round(x + width / 2 - 9);
	scene.trim(box(x + 10, GROUND - 12, 28, 3) + box(x + 23, GROUND - 36, 2, 24));
	scene.door(doorX, 18, 36);
	scene.paint(
		'#D8C9AC',
		polygon([doorX, 160], [doorX + 18, 160], [doorX + 34, 200], [doorX - 16, 200]),
	);
	if (balcony && tall) scene.balcony(doorX - 8, y + 34, 34);
}

/** The lower wing beside a house; gives its window. */
function paintWing(scene: Scene, x: number, wall: string, roof: string): Pane {
	const y = GROUND - 44;
	scene.paint(mix(wall, SHADE, 0.14), box(x, y, 58, 44));
	scene.fill(
		mix(roof, '#1D1A15', 0.15),
		polygon([x - 6, y + 1], [x + 29, y - 24], [x + 64, y + 1]),
	);
	return [x + 19, y + 10, 22, 20];
}

/** A former mill: saw-tooth roof, brick, tall windows. */
function paintLoft(scene: Scene): void {
	const bays = Math.max(2, Math.min(4, scene.traits.bedrooms + 2));
	const bay = 56;
	const [x, y, width] = [160 - (bays * bay) / 2, 78, bays * bay];
	const each = (draw: (left: number, index: number) => string): string =>
		Array.from({ length: bays }, (_, index) => draw(x + index * bay, index)).join('');
	scene.paint(
		slate(scene),
		each((left) => polygon([left, y], [left, y - 30], [left + bay, y])),
	);
	scene.fill(
		scene.light.lamp,
		each((left) =>
			polygon([left + 4, y - 2], [left + 4, y - 20], [left + 13, y - 15], [left + 13, y - 2]),
		),
	);
	scene.paint('#B4664C', box(x, y, width, GROUND - y));
	const piers = each((left, index) => (index ? box(left - 2, y, 4, GROUND - y) : ''));
	scene.paint('#94503C', box(x, y, width, 5) + box(x, GROUND - 7, width, 7) + piers);
	const doorBay = Math.floor(scene.roll() * bays);
	const tall = (index: number): number => (index === doorBay ? 24 : 54);
	scene.lit(
		Array.from({ length: bays }, (_, index): Pane => [
			x + index * bay + 10,
			y + 12,
			36,
			tall(index),
		]),
	);
	scene.paint(
		'#3B3A3C',
		each((left, index) => {
			const upright =
				box(left + 21, y + 12, 1.5, tall(index)) + box(left + 34, y + 12, 1.5, tall(index));
			const across = box(left + 10, y + 29, 36, 1.5) + box(left + 10, y + 47, 36, 1.5);
			return index === doorBay ? upright : upright + across;
		}),
	);
	scene.door(x + doorBay * bay + 19, 18, 36);
	if (scene.traits.balcony) scene.balcony(x + ((doorBay + 1) % bays) * bay + 8, y + 67, 40);
}

/** All roof, among pines. */
function paintCabin(scene: Scene): void {
	const wood = scene.pick(WOODS);
	const width = 118 + scene.traits.bedrooms * 6;
	const [x, ridge] = [Math.round(160 - width / 2), 52];
	const right = x + width;
	const low = GROUND + 2;
	scene.paint(wood, polygon([x + 3, GROUND], [160, ridge + 8], [right - 3, GROUND]));
	const boards = [82, 98, 114, 130, 146].map((y) => {
		const half = ((y - ridge - 8) / (GROUND - ridge - 8)) * (width / 2 - 3);
		return box(Math.round(160 - half), y, Math.round(2 * half), 1);
	});
	scene.paint(mix(wood, '#3A2616', 0.35), boards.join(''));
	scene.paint(
		slate(scene),
		polygon(
			[160, ridge - 8],
			[right + 12, low],
			[right - 6, low],
			[160, ridge + 20],
			[x + 6, low],
			[x - 12, low],
		),
	);
	scene.paint(CHIMNEY, box(right - 36, 66, 10, 26));
	scene.fill(scene.light.lamp, polygon([160, 84], [174, 108], [146, 108]));
	scene.lit([[170, 124, 20, 20]]);
	scene.door(138, 18, 36);
	scene.paint('#6B4F3A', box(x - 4, GROUND, width + 8, 4));
	scene.trim(box(168, 144, 24, 2));
	if (scene.traits.balcony) scene.balcony(144, 112, 32);
}
