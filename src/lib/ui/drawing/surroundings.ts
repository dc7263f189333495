import { box, disc, mix, polygon } from './geometry';
import { GROUND, type Scene } from './scene';

/** What stands behind the house: hills, a skyline, a park, the sea. */
export function paintBackdrop(scene: Scene): void {
	const { light, traits } = scene;
	scene.fill(light.sky, box(0, 0, 320, 200));
	const sunX = 40 + Math.round(scene.roll() * 240);
	scene.fill(light.sun, disc(sunX, light.sunY, light.sunRadius));
	if (traits.setting === 'hills') paintHills(scene);
	if (traits.setting === 'downtown') paintSkyline(scene);
	if (traits.setting === 'park') paintTreetops(scene);
	if (traits.setting === 'coast') paintSea(scene);
	const green = traits.garden || traits.type === 'cabin' || traits.setting === 'park';
	scene.paint(green ? '#A7B78A' : '#DCCFB6', box(0, GROUND, 320, 40));
}

function paintHills(scene: Scene): void {
	scene.fill(scene.light.far, 'M0 160V112Q60 62 128 108T236 92Q284 72 320 108V160z', 0.75);
	const nearer = mix(scene.light.far, '#5F7A58', 0.35);
	scene.fill(nearer, 'M0 160V138Q70 104 150 136T320 124V160z', 0.8);
}

function paintSkyline(scene: Scene): void {
	let towers = '';
	let x = -6;
	while (x < 320) {
		const width = 14 + Math.round(scene.roll() * 18);
		const height = 26 + Math.round(scene.roll() * 74);
		towers += box(x, GROUND - height, width, height);
		x += width + (scene.roll() < 0.3 ? 6 : 0);
	}
	scene.fill(scene.light.far, towers, 0.7);
}

function paintTreetops(scene: Scene): void {
	let crowns = '';
	for (let x = -4; x < 330; x += 22) {
		const left = x + Math.round(scene.roll() * 8);
		const top = 142 - Math.round(scene.roll() * 14);
		crowns += disc(left, top, 16 + Math.round(scene.roll() * 6));
	}
	scene.fill(mix(scene.light.far, '#6B8A5E', 0.5), crowns + box(0, 140, 320, 20), 0.75);
}

function paintSea(scene: Scene): void {
	scene.paint('#8FB6C4', box(0, 128, 320, 32));
	const glints = box(36, 138, 34, 1.5) + box(222, 134, 48, 1.5) + box(258, 146, 30, 1.5);
	scene.fill(scene.light.sun, glints, 0.7);
}

/** What stands before the house: trees, shrubs, water. */
export function paintForeground(scene: Scene): void {
	treeSpots(scene).forEach((spot, index) => paintTree(scene, Math.round(spot), index));
	if (scene.traits.garden)
		scene.paint('#48684A', [86, 100, 220, 236].map((x) => disc(x, 162, 7)).join(''));
	if (scene.traits.waterfront) {
		scene.paint('#7FA9BA', 'M0 170q40-4 80 0t80 0t80 0t80 0V200H0z');
		scene.paint('#B9D2DA', box(36, 178, 46, 1.5) + box(132, 181, 60, 1.5) + box(236, 177, 40, 1.5));
	}
}

function treeSpots({ traits, roll }: Scene): number[] {
	if (traits.garden || traits.type === 'cabin')
		return [44 + roll() * 10, 68 + roll() * 8, 266 + roll() * 16];
	if (traits.setting === 'park') return [44 + roll() * 12, 278];
	return roll() < 0.5 ? [282] : [];
}

function paintTree(scene: Scene, x: number, index: number): void {
	const height = 44 + Math.round(scene.roll() * 22);
	const foot = 166 + index * 2;
	const top = foot - height;
	const leaves = index % 2 ? '#48684A' : '#5F7F58';
	scene.paint('#6B4F3A', box(x - 2, top + 20, 4, height - 20));
	if (scene.traits.type === 'cabin' || scene.traits.setting === 'hills')
		scene.paint(leaves, polygon([x, top - 12], [x + 17, foot - 10], [x - 17, foot - 10]));
	else if (scene.roll() < 0.4)
		scene.paint(
			'#48684A',
			`M${x} ${top - 14}q15 ${height / 2} 0 ${height}q-15 ${-height / 2} 0 ${-height}z`,
		);
	else scene.paint(leaves, disc(x, top + 12, 19) + disc(x + 9, top + 24, 13));
}
