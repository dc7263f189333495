import type { DrawingTraits } from '$lib/contracts';
import type { Dice } from './dice';
import { arch, box, disc, mix } from './geometry';
import type { Light } from './light';

/** One flat shape, ready for `<path>`. */
export interface Shape {
	readonly fill: string;
	/** SVG path data. */
	readonly d: string;
	readonly opacity?: number;
}

/** Every trait filled in; `open` is a setting without a backdrop. */
export interface WholeTraits extends Required<Omit<DrawingTraits, 'setting'>> {
	readonly setting: NonNullable<DrawingTraits['setting']> | 'open';
}

/** Where the ground begins, from above. The drawing is 320 by 200, shown 280 by 175. */
export const GROUND = 160;

const DOOR = '#1B4AA8';
export const KNOB = '#EBA52B';
const FRAME = '#FDFBF7';
const RAIL = '#3B3A3C';
const SLAB = '#8C8272';

/** What every building draws on: the traits in whole numbers, the light, and the paper. */
export class Scene {
	readonly shapes: Shape[] = [];

	constructor(
		readonly traits: WholeTraits,
		readonly light: Light,
		readonly roll: Dice,
	) {}

	pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice {
		return choices[Math.floor(this.roll() * choices.length)] ?? choices[0];
	}

	/** A colour as it looks in this light. */
	tone(colour: string): string {
		return mix(colour, this.light.tint, this.light.tintShare);
	}

	/** Paints a colour in this light. */
	paint(colour: string, d: string, opacity?: number): void {
		this.fill(this.tone(colour), d, opacity);
	}

	/** Paints a colour as it is: sky, lamps, and the door, which is the same in every light. */
	fill(colour: string, d: string, opacity?: number): void {
		if (d)
			this.shapes.push(opacity === undefined ? { fill: colour, d } : { fill: colour, d, opacity });
	}

	/** The home's own windows, each with its pale frame, so that they read as lit on any wall. */
	lit(panes: readonly Pane[]): void {
		this.paint(FRAME, panes.map(([x, y, w, h]) => box(x - 1.5, y - 1.5, w + 3, h + 3)).join(''));
		this.fill(this.light.lamp, panes.map((pane) => box(...pane)).join(''));
	}

	/** Windows of others. */
	dark(panes: readonly Pane[]): void {
		this.fill(this.light.glass, panes.map((pane) => box(...pane)).join(''));
	}

	/** Sills and glazing bars. */
	trim(d: string): void {
		this.paint(FRAME, d);
	}

	/** The one door, always cobalt. */
	door(x: number, width = 16, height = 30): void {
		this.fill(DOOR, arch(x, GROUND, width, height));
		this.fill(KNOB, disc(x + width - 4, GROUND - height / 2 + 3, 1.5));
	}

	/** A balcony: railing and slab, its floor at `y`. */
	balcony(x: number, y: number, width: number): void {
		const bars = Array.from({ length: Math.floor(width / 5) + 1 }, (_, bar) =>
			box(x + bar * 5, y - 10, 1, 10),
		);
		this.paint(RAIL, box(x - 1, y - 11, width + 3, 1.5) + bars.join(''));
		this.paint(SLAB, box(x - 3, y, width + 7, 3));
	}
}

export type Pane = readonly [x: number, y: number, width: number, height: number];
