import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { townOfVisits } from '../../tools/eval/pack-town';

const folder = mkdtempSync(join(tmpdir(), 'visits-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a town of visits', () => {
	const path = join(folder, 'visits.csv');
	writeFileSync(
		path,
		['userID,poiID,startTime', 'a,9,300', 'b,4,50', 'a,4,100', 'a,7,1000', 'b,4,60'].join('\n'),
	);
	const town = townOfVisits(path);

	it('has each person with the places they went to, in the order of time', () => {
		expect([town.homes, town.guests]).toEqual([3, 2]);
		// Places are numbered as the file first names them: 9, 4, 7.
		expect(town.fold(0).map(({ homes }) => homes)).toEqual([
			[1, 1],
			[1, 0, 2],
		]);
	});

	it('holds everybody out once', () => {
		const times = [0, 0];
		for (let fold = 0; fold < 5; fold++)
			town.fold(fold).forEach(({ heldOut }, i) => (times[i] = (times[i] ?? 0) + Number(heldOut)));
		expect(times).toEqual([1, 1]);
	});
});
