/** The values that a setting may take, in order; neighbours are tried. */
export type Ladders<Settings> = { readonly [Name in keyof Settings]?: readonly Settings[Name][] };

export interface Climbed<Settings> {
	readonly settings: Settings;
	readonly score: number;
	/** Settings that were tried. */
	readonly tried: number;
}

/**
 * Settings that no neighbour on any ladder beats: one ladder after the other, up or down for as long as
 * it gains, until a whole round gains nothing. No setting is tried twice.
 *
 * @param start every value stands on its ladder
 */
export async function climb<Settings extends object>(
	start: Settings,
	ladders: Ladders<Settings>,
	evaluate: (settings: Settings) => Promise<number>,
): Promise<Climbed<Settings>> {
	const known = new Map<string, number>();
	const scoreOf = async (settings: Settings): Promise<number> => {
		const name = JSON.stringify(settings);
		const score = known.get(name) ?? (await evaluate(settings));
		known.set(name, score);
		return score;
	};
	let settings = start;
	let score = await scoreOf(start);
	for (let before = Number.NEGATIVE_INFINITY; score > before;) {
		before = score;
		for (const name of Object.keys(ladders) as (keyof Settings)[])
			for (const direction of [1, -1]) {
				const ladder = ladders[name] as readonly Settings[keyof Settings][];
				for (;;) {
					const place = ladder.indexOf(settings[name]) + direction;
					if (place < 0 || place >= ladder.length) break;
					const neighbour = { ...settings, [name]: ladder[place] };
					const reached = await scoreOf(neighbour);
					if (!(reached > score)) break;
					settings = neighbour;
					score = reached;
				}
			}
	}
	return { settings, score, tried: known.size };
}
