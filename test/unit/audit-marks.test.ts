/** How the audit finds again what was typed. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { finder, newWord, searchable } from '../../tools/audit/marks';

const word = newWord();
const found = (content: string | Uint8Array, words: readonly string[] = [word]) =>
	finder(words)(searchable(content));

test('a new word has sixteen letters and is never the same', () => {
	expect(word).toMatch(/^[a-z]{16}$/);
	expect(newWord()).not.toBe(word);
});

test.each([
	['as it is', word],
	['in capitals', word.toUpperCase()],
	['backwards', [...word].reverse().join('')],
	[
		'as an address writes it',
		`/x?${[...word].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}`,
	],
	['in hexadecimal', Buffer.from(word).toString('hex')],
	['in base64', Buffer.from(word).toString('base64')],
	['in base64 behind one letter', Buffer.from(`a${word} and more`).toString('base64')],
	['in base64 behind two letters', Buffer.from(`ab${word} and more`).toString('base64url')],
])('a word is found %s', (_, content) => {
	expect(found(`before ${content} after`)).toEqual([word]);
});

test('a word is found in bytes, in UTF-16 too', () => {
	expect(found(Buffer.concat([Uint8Array.of(0, 255), Buffer.from(word)]))).toEqual([word]);
	expect(found(Buffer.from(`x${word}`, 'utf16le'))).toEqual([word]);
});

test('nothing is found where another word stands, and of many words those that are there', () => {
	expect(found(newWord())).toEqual([]);
	const many = Array.from({ length: 500 }, newWord);
	const some = [many[7], many[311]] as string[];
	expect(
		found(`${some[0]}, ${Buffer.from(some[1] ?? '').toString('base64')}`, many).sort(),
	).toEqual([...some].sort());
});

test('a function runs in a page as tsx leaves it, which names functions by a helper of its own', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'doorstep-'));
	const script = path.join(folder, 'write.ts');
	await writeFile(
		script,
		`import { inPage } from '${path.resolve('tools/audit/in-page')}';
		process.stdout.write(inPage((left) => { const add = (right) => left + right; return add(2); }, 40));`,
	);
	const tsx = ['node_modules/tsx/dist/cli.mjs', '--tsconfig', 'tools/tsconfig.json', script];
	const written = execFileSync(process.execPath, tsx, { encoding: 'utf8' });
	await rm(folder, { recursive: true });
	expect(written).toContain('add=__name(');
	expect(runInNewContext(written)).toBe(42);
}, 60_000);
