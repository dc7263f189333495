/** The time of day in a drawing: what the sky is like and how it colours everything else. */
export interface Light {
	readonly sky: string;
	/** What stands far away. */
	readonly far: string;
	readonly sun: string;
	readonly sunY: number;
	readonly sunRadius: number;
	/** Windows of others. */
	readonly glass: string;
	/** The home's own windows: always clearly lit, at noon too. */
	readonly lamp: string;
	readonly tint: string;
	readonly tintShare: number;
}

const morning: Light = {
	sky: '#FBE9D2',
	far: '#E3CDB9',
	sun: '#FFFAF0',
	sunY: 64,
	sunRadius: 20,
	glass: '#A9BFCB',
	lamp: '#FFCB5C',
	tint: '#F4C9A0',
	tintShare: 0.1,
};
const noon: Light = {
	sky: '#DDE9EF',
	far: '#BFD0D6',
	sun: '#FFFDF5',
	sunY: 34,
	sunRadius: 16,
	glass: '#8FB0C3',
	lamp: '#FFC64A',
	tint: '#FFFFFF',
	tintShare: 0.04,
};
const evening: Light = {
	sky: '#F5C99C',
	far: '#D89F7F',
	sun: '#F9E3A8',
	sunY: 104,
	sunRadius: 26,
	glass: '#7F6473',
	lamp: '#FFDC7C',
	tint: '#C4624A',
	tintShare: 0.16,
};
export const night: Light = {
	sky: '#27365F',
	far: '#1E2B4F',
	sun: '#F3E9CF',
	sunY: 40,
	sunRadius: 11,
	glass: '#1B2748',
	lamp: '#FFD266',
	tint: '#22305A',
	tintShare: 0.46,
};

/** How often each comes up: day more than night. */
export const lights: readonly [Light, ...Light[]] = [morning, noon, noon, evening, evening, night];
