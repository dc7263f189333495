import { describe, expect, it } from 'vitest';
import { seededRandom } from '$workers/math/random';
import { type Case, FOLDS, FoldedBlend, drawChoice } from '../../tools/eval/choice-blend';
import { FEATURES, FEATURE_COUNT } from '../../tools/eval/choice-features';

const HOMES = 40;
const SOURCES = ['content', 'popularity'] as const;

/** Somebody who chose the home that has most of the feature `wanted`. */
function caseOf(i: number, wanted: number): Case {
	const random = seededRandom(`blend-folds/${i}`);
	const features = Float32Array.from({ length: HOMES * FEATURE_COUNT }, () => random.normal());
	const homes = Array.from({ length: HOMES }, (_, home) => home);
	const most = (home: number) => features[home * FEATURE_COUNT + wanted] as number;
	const [held, known] = homes.sort((a, b) => most(b) - most(a)) as [number, number];
	const history = [{ row: known, day: 1 }];
	return { reviewer: { history, held, heldDay: 2 }, features, fold: i % FOLDS };
}

const draw = (cases: readonly Case[]) =>
	cases.map((one) => drawChoice(one, seededRandom(`lot/${one.fold}`)));

describe('a blend fitted by folds', () => {
	const plain = Array.from({ length: 60 }, (_, i) => caseOf(i, 0));

	it('scores nobody by what their own fold chose', () => {
		const turned = plain.map((one, i) => (one.fold === 0 ? caseOf(i, 5) : one));
		const [before, after] = [plain, turned].map((cases) => new FoldedBlend(draw(cases), SOURCES));
		const scores = (blend: FoldedBlend | undefined, i: number) => blend?.scores(plain[i] as Case);
		expect(scores(after, 0)).toEqual(scores(before, 0));
		expect(scores(after, 1)).not.toEqual(scores(before, 1));
	});

	it('looks at the features of its sources alone', () => {
		const blend = new FoldedBlend(draw(plain), SOURCES);
		const one = plain[0] as Case;
		const likeness = FEATURES.findIndex(([, source]) => source === 'likeness');
		const features = one.features.map((value, at) =>
			at % FEATURE_COUNT === likeness ? value + 100 : value,
		);
		expect(blend.scores({ ...one, features })).toEqual(blend.scores(one));
	});

	it('is drawn what was chosen first, and never a home that was known', () => {
		const one = plain[0] as Case;
		const { rows } = drawChoice(one, seededRandom('lot'));
		const rowOf = (home: number) =>
			[...one.features.subarray(home * FEATURE_COUNT, (home + 1) * FEATURE_COUNT)].join();
		const drawn = Array.from({ length: rows.length / FEATURE_COUNT }, (_, i) =>
			[...rows.subarray(i * FEATURE_COUNT, (i + 1) * FEATURE_COUNT)].join(),
		);
		expect(drawn[0]).toBe(rowOf(one.reviewer.held));
		expect(drawn).not.toContain(rowOf(one.reviewer.history[0]?.row as number));
		expect(new Set(drawn).size).toBe(HOMES - 1);
	});
});
