/** What a person takes away with "Export everything", read as another program would. */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

export interface ExportedAct {
	readonly kind: string;
	readonly channel: string;
	readonly reason: string | null;
	readonly property: number;
	readonly position: number;
	readonly ranker: string;
	readonly propensity: number;
	readonly seconds: number;
	readonly note: string;
}

interface Column {
	readonly values: readonly number[];
}

export interface Exported {
	readonly format: string;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly catalogue: {
		readonly summary: { readonly homes: number };
		readonly columns: Readonly<Record<string, unknown>>;
	} | null;
	readonly interaction: {
		readonly codes: Readonly<Record<'kind' | 'channel' | 'reason', readonly (string | null)[]>>;
		readonly columns: Readonly<Record<string, Column>>;
		readonly ranker: readonly string[];
		readonly note: readonly string[];
	};
	readonly tasteEdits: readonly unknown[];
	readonly savedSearches: readonly unknown[];
	readonly models: readonly { readonly name: string; readonly safetensors: string }[];
	readonly ledger: readonly { readonly what: string; readonly subject: string }[];
}

/** Exports through the privacy page. */
export async function exported(page: Page): Promise<Exported> {
	await page.goto('/privacy');
	await page.getByRole('button', { name: 'Export everything' }).click();
	await expect(page.getByRole('dialog', { name: 'This is what leaves' })).toBeVisible();
	const arriving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save the file' }).click();
	const download = await arriving;
	expect(download.suggestedFilename()).toMatch(/^doorstep-\d{4}-\d\d-\d\d\.json$/);
	return JSON.parse(await readFile(await download.path(), 'utf8')) as Exported;
}

/** The log row by row, oldest first. Numbers of texts count from 1. */
export function actsOf({ interaction }: Exported): ExportedAct[] {
	const { codes, columns, ranker, note } = interaction;
	const at = (name: string, row: number): number => columns[name]?.values[row] ?? Number.NaN;
	const rows = columns.kind?.values.length ?? 0;
	return Array.from({ length: rows }, (_, row) => ({
		kind: codes.kind[at('kind', row)] ?? '',
		channel: codes.channel[at('channel', row)] ?? '',
		reason: codes.reason[at('reason', row)] ?? null,
		property: at('property', row),
		position: at('position', row),
		ranker: ranker[at('ranker', row) - 1] ?? '',
		propensity: at('propensity', row),
		seconds: at('seconds', row),
		note: note[at('note', row) - 1] ?? '',
	}));
}
