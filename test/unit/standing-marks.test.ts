import { expect, test } from 'vitest';
import { ACT_KINDS } from '$workers/data/act-codes';
import { StandingMarks } from '$workers/data/standing-marks';
import { numbers } from '$workers/table/column';
import { table } from '$workers/table/table';

/** Rows of the log: each an act on a home, numbered in order. */
const log = (first: number, ...acts: (readonly [(typeof ACT_KINDS)[number], number])[]) =>
	table({
		sequence: numbers(Float64Array.from(acts, (_, i) => first + i)),
		kind: numbers(Uint8Array.from(acts, ([kind]) => ACT_KINDS.indexOf(kind))),
		property: numbers(Uint32Array.from(acts, ([, property]) => property)),
	});

test('what stands after the log in pieces is what stands after it whole', () => {
	const whole = new StandingMarks(0);
	whole.add(log(1, ['save', 7], ['save', 8], ['dismiss', 9], ['unsave', 7], ['save', 10]));
	const pieces = new StandingMarks(0);
	pieces.add(log(1, ['save', 7], ['save', 8]));
	pieces.add(log(3, ['dismiss', 9], ['unsave', 7], ['save', 10]));
	expect(pieces.standing()).toEqual(whole.standing());
	expect([...whole.standing().saved]).toEqual([10, 8]);
	expect([...whole.standing().dismissed]).toEqual([9]);
	expect(pieces.next).toBe(6);
});

test('rows that come again, as of two askings at once, change nothing', () => {
	const marks = new StandingMarks(0);
	marks.add(log(1, ['save', 7], ['unsave', 7]));
	marks.add(log(1, ['save', 7]));
	expect([...marks.standing().saved]).toEqual([]);
});

test('an empty log leaves everything as it was', () => {
	const marks = new StandingMarks(0);
	marks.add(log(1, ['like', 3]));
	marks.add(log(2));
	expect([...marks.standing().liked]).toEqual([3]);
	expect(marks.next).toBe(2);
});

test('of several searches, the marks of one are told, or those of all', () => {
	const rows = table({
		...log(1, ['save', 7], ['save', 8], ['dismiss', 7]).columns,
		seeker: numbers(Uint8Array.of(0, 1, 1)),
	});
	const marks = ([undefined, 0, 1] as const).map((seeker) => {
		const standing = new StandingMarks(0, seeker);
		standing.add(rows);
		return [[...standing.standing().saved], [...standing.standing().dismissed]];
	});
	expect(marks).toEqual([
		[[8, 7], [7]],
		[[7], []],
		[[8], [7]],
	]);
});
