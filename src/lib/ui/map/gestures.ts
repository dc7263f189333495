import type { Attachment } from 'svelte/attachments';

/** What a hand on the map means, in pixels of the window. */
export interface Gestures {
	readonly pan: (dx: number, dy: number) => void;
	readonly zoom: (factor: number, x: number, y: number) => void;
	readonly tap: (x: number, y: number) => void;
}

const STILL = 6;
const STEP = 60;
const FACTOR = 1.5;

/** One finger pans, two pinch, the wheel zooms, a tap that stays still selects; arrows, + and − too. */
export function gestures(handlers: Gestures): Attachment<HTMLElement> {
	return (element) => {
		const fingers = new Map<number, readonly [number, number]>();
		let travelled = 0;
		const place = (event: PointerEvent | WheelEvent): readonly [number, number] => {
			const { left, top } = element.getBoundingClientRect();
			return [event.clientX - left, event.clientY - top];
		};

		const down = (event: PointerEvent): void => {
			if (event.target !== element && !(event.target instanceof HTMLCanvasElement)) return;
			element.setPointerCapture(event.pointerId);
			fingers.set(event.pointerId, place(event));
			if (fingers.size === 1) travelled = 0;
		};

		const move = (event: PointerEvent): void => {
			const before = fingers.get(event.pointerId);
			if (!before) return;
			const now = place(event);
			const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
			travelled += Math.hypot(dx, dy);
			const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
			fingers.set(event.pointerId, now);
			if (!other) return handlers.pan(dx, dy);
			travelled = Infinity;
			const [was, is] = [apart(before, other), apart(now, other)];
			if (was > 0) handlers.zoom(is / was, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
			handlers.pan(dx / 2, dy / 2);
		};

		const up = (event: PointerEvent): void => {
			if (!fingers.delete(event.pointerId)) return;
			if (event.type === 'pointerup' && fingers.size === 0 && travelled < STILL)
				handlers.tap(...place(event));
		};

		const wheel = (event: WheelEvent): void => {
			event.preventDefault();
			handlers.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), ...place(event));
		};

		const key = (event: KeyboardEvent): void => {
			const { width, height } = element.getBoundingClientRect();
			const [x, y] = [width / 2, height / 2];
			const acts: Record<string, () => void> = {
				ArrowLeft: () => handlers.pan(STEP, 0),
				ArrowRight: () => handlers.pan(-STEP, 0),
				ArrowUp: () => handlers.pan(0, STEP),
				ArrowDown: () => handlers.pan(0, -STEP),
				'+': () => handlers.zoom(FACTOR, x, y),
				'=': () => handlers.zoom(FACTOR, x, y),
				'-': () => handlers.zoom(1 / FACTOR, x, y),
				Enter: () => handlers.tap(x, y),
			};
			const act = acts[event.key];
			if (!act || event.target !== element) return;
			event.preventDefault();
			act();
		};

		element.addEventListener('pointerdown', down);
		element.addEventListener('pointermove', move);
		element.addEventListener('pointerup', up);
		element.addEventListener('pointercancel', up);
		element.addEventListener('wheel', wheel, { passive: false });
		element.addEventListener('keydown', key);
		return () => {
			element.removeEventListener('pointerdown', down);
			element.removeEventListener('pointermove', move);
			element.removeEventListener('pointerup', up);
			element.removeEventListener('pointercancel', up);
			element.removeEventListener('wheel', wheel);
			element.removeEventListener('keydown', key);
		};
	};
}

function apart(a: readonly [number, number], b: readonly [number, number]): number {
	return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
