/** The archive that a person takes away: what is in the zip, and what the page may not do. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ArchivePart, zipArchive } from '$workers/data/exporters/archive';
import { dayText, instantText, plainNumber, plainRows } from '$workers/data/exporters/archive-rows';
import { categories, numbers, sets, texts } from '$workers/table/column';
import { table } from '$workers/table/table';

const HEAD = {
	title: 'Your data',
	subject: 'All of it.',
	madeAt: Date.UTC(2026, 4, 14, 12),
	fingerprint: 'ab12',
};
const PARTS: readonly ArchivePart[] = [
	{
		folder: 'data',
		name: 'acts',
		says: 'What was done.',
		rows: [{ kind: '<script>alert(1)</script>', at: null, tags: ['a', 'b & c'] }],
	},
	{ folder: 'predictions', name: 'fits', says: 'How homes fit.', rows: [] },
];

const opened = async () => {
	const archive = await zipArchive(HEAD, PARTS);
	return { archive, files: unzipSync(new Uint8Array(await archive.file.arrayBuffer())) };
};

describe('an archive', () => {
	it('holds each part as JSON, a page, and a list of the files', async () => {
		const { archive, files } = await opened();
		const names = ['read-me.html', 'data/acts.json', 'predictions/fits.json', 'manifest.json'];
		expect(Object.keys(files)).toEqual(names);
		expect(archive.contents.map(({ name }) => name)).toEqual(names);
		for (const { bytes, name } of archive.contents) expect(files[name]).toHaveLength(bytes);
		expect(JSON.parse(strFromU8(files['data/acts.json'] as Uint8Array))).toEqual({
			says: 'What was done.',
			rows: PARTS[0]?.rows,
		});
	});

	it('lists the SHA-256 of every file, and the ledger’s fingerprint', async () => {
		const { files } = await opened();
		const manifest = JSON.parse(strFromU8(files['manifest.json'] as Uint8Array)) as {
			readonly fingerprint: string;
			readonly files: readonly { readonly name: string; readonly sha256: string }[];
		};
		expect(manifest.fingerprint).toBe('ab12');
		for (const { name, sha256 } of manifest.files) {
			const digest = await crypto.subtle.digest('SHA-256', files[name] as Uint8Array<ArrayBuffer>);
			expect(Buffer.from(digest).toString('hex')).toBe(sha256);
		}
	});

	it('has a page that shows values as text, runs nothing and fetches nothing', async () => {
		const { files } = await opened();
		const page = strFromU8(files['read-me.html'] as Uint8Array);
		expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
		expect(page).toContain('a, b &amp; c');
		expect(page).not.toMatch(/<script|<img|<link|<iframe|\bsrc=|\bhref=|url\(|\bon\w+=/i);
	});

	it('is the same bytes for the same data', async () => {
		const [first, second] = await Promise.all([opened(), opened()]);
		const bytes = async ({ archive }: Awaited<ReturnType<typeof opened>>) =>
			new Uint8Array(await archive.file.arrayBuffer());
		expect(await bytes(first)).toEqual(await bytes(second));
	});
});

describe('rows of an archive', () => {
	it('are plain values: names for codes, days as dates, null where nothing is known', () => {
		const whole = table({
			day: numbers(Float64Array.of(20_587, Number.NaN)),
			kind: categories(['view', 'save']),
			key: texts(['a', 'b']),
			has: sets([['wifi'], []]),
		});
		expect(plainRows(whole, [1, 0], ['day'])).toEqual([
			{ day: null, kind: 'save', key: 'b', has: [] },
			{ day: '2026-05-14', kind: 'view', key: 'a', has: ['wifi'] },
		]);
		expect([plainNumber(Infinity), dayText(Number.NaN), instantText(Number.NaN)]).toEqual([
			null,
			null,
			null,
		]);
	});
});
