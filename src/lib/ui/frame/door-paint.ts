import type { Role } from '$lib/contracts';

/** The first screen alone paints its doors differently; everywhere else the door is cobalt. */
export const doorPaint: Record<
	Role,
	{ readonly wall: string; readonly door: string; readonly knob: string; readonly roof: string }
> = {
	tenant: { wall: '#F0DDB8', door: '#1B4AA8', knob: '#EBA52B', roof: '#8E4432' },
	manager: { wall: '#E3B9A2', door: '#C98716', knob: '#1D1A15', roof: '#434B57' },
	privacy: { wall: '#C3CCB4', door: '#2E3A38', knob: '#EBA52B', roof: '#6F5C4B' },
};
