/** SVG path data for the few forms that drawings are made of. All in the drawing's own units. */

export type Point = readonly [x: number, y: number];

export const box = (x: number, y: number, width: number, height: number): string =>
	`M${x} ${y}h${width}v${height}h${-width}z`;

export const disc = (x: number, y: number, radius: number): string =>
	`M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0z`;

export const polygon = (...points: Point[]): string =>
	`M${points.map((point) => point.join(' ')).join('L')}z`;

/** A door's outline: upright sides and a round arch, standing on `ground`. */
export const arch = (x: number, ground: number, width: number, height: number): string =>
	`M${x} ${ground}v${width / 2 - height}a${width / 2} ${width / 2} 0 0 1 ${width} 0V${ground}z`;

/** A colour between two, channel by channel. Both as `#rrggbb`; `share` 0 gives the first. */
export function mix(from: string, to: string, share: number): string {
	const channel = (at: number): string => {
		const a = parseInt(from.slice(at, at + 2), 16);
		const b = parseInt(to.slice(at, at + 2), 16);
		return Math.round(a + (b - a) * share)
			.toString(16)
			.padStart(2, '0');
	};
	return `#${channel(1)}${channel(3)}${channel(5)}`;
}
