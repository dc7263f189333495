import type { Trip } from './city';

/** A path is asked for: where it starts and ends, and how many places it has. */
export interface PathQuery {
	readonly start: number;
	readonly end: number;
	readonly length: number;
}

export const queryOf = ({ places }: Trip): PathQuery => ({
	start: places[0] as number,
	end: places.at(-1) as number,
	length: places.length,
});

/** Of a step from each place to each; -Infinity where there is none. */
export type StepScores = readonly Float64Array[];

/**
 * The best walk (Viterbi 1967); start and end stand at its ends alone, others may come twice. Of equals
 * the lower place.
 */
export function bestWalk(scores: StepScores, query: PathQuery): number[] {
	const ahead = bestAhead(scores, query);
	const walk = [query.start];
	for (let left = query.length - 2; left > 0; left--)
		walk.push(bestNext(scores, ahead, walk.at(-1) as number, left));
	return [...walk, query.end];
}

/** The best path that comes to no place twice: depth first, leaving what the best walk can't save. */
export function bestPath(scores: StepScores, query: PathQuery): number[] {
	const ahead = bestAhead(scores, query);
	let best = { score: Number.NEGATIVE_INFINITY, path: [query.start, query.end] };
	const go = (path: number[], score: number) => {
		const last = path.at(-1) as number;
		const left = query.length - 1 - path.length;
		if (left === 0) {
			const whole = score + (scores[last]?.[query.end] as number);
			if (whole > best.score) best = { score: whole, path: [...path, query.end] };
			return;
		}
		const row = scores[last] as Float64Array;
		const bound = (place: number) =>
			score + (row[place] as number) + (ahead[left - 1]?.[place] as number);
		const open = Array.from(row, (_, place) => place)
			.filter((place) => !path.includes(place) && bound(place) > best.score)
			.sort((a, b) => bound(b) - bound(a));
		for (const place of open)
			if (bound(place) > best.score) go([...path, place], score + (row[place] as number));
	};
	go([query.start], 0);
	return best.path;
}

/** Of each place between: the best score of a walk from it to the end with so many places between. */
function bestAhead(scores: StepScores, { start, end, length }: PathQuery): Float64Array[] {
	const between = (place: number) => place !== start && place !== end;
	const none = Number.NEGATIVE_INFINITY;
	const ahead = [
		Float64Array.from(scores, (row, from) => (between(from) ? (row[end] as number) : none)),
	];
	while (ahead.length < length - 2) {
		const later = ahead.at(-1) as Float64Array;
		ahead.push(
			Float64Array.from(scores, (row, from) => {
				if (!between(from)) return none;
				return row.reduce((most, score, to) => Math.max(most, score + (later[to] as number)), none);
			}),
		);
	}
	return ahead;
}

function bestNext(
	scores: StepScores,
	ahead: readonly Float64Array[],
	from: number,
	left: number,
): number {
	const row = scores[from] as Float64Array;
	let best = -1;
	let most = Number.NEGATIVE_INFINITY;
	row.forEach((score, to) => {
		const whole = score + (ahead[left - 1]?.[to] as number);
		if (whole > most) [best, most] = [to, whole];
	});
	return best;
}
