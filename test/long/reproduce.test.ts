import { expect, test } from 'vitest';
import { reproduce } from '../../tools/reproduce';

test('two builds of the same source, in other folders, time zones and languages, are the same bytes', async () => {
	const { files, different, fingerprint } = await reproduce('.');
	expect(different).toEqual([]);
	expect(files).toBeGreaterThan(50);
	expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
});
