import type { ArchiveHead, ArchivePart } from './archive';
import type { PlainCell, PlainRow } from './archive-rows';

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
section { margin-top: 2.5rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; border-bottom: 1px solid; }
small { opacity: .75; }
`;

const FOLDERS: Readonly<Record<ArchivePart['folder'], string>> = {
	data: 'Data',
	features: 'Features: what models are told',
	predictions: 'Predictions: what models say',
	explanations: 'Explanations: why they say it',
};

/** The whole archive as one page: no script, no picture, nothing that is fetched. */
export function archivePage(head: ArchiveHead, parts: readonly ArchivePart[]): string {
	const folders = Object.keys(FOLDERS) as ArchivePart['folder'][];
	const sections = folders.flatMap((folder) => {
		const own = parts.filter((part) => part.folder === folder);
		return own.length ? [`<h2>${escape(FOLDERS[folder])}</h2>`, ...own.map(section)] : [];
	});
	return [
		'<!doctype html>',
		'<html lang="en"><head><meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		`<title>${escape(head.title)}</title><style>${STYLE}</style></head><body><main>`,
		`<h1>${escape(head.title)}</h1>`,
		`<p>${escape(head.subject)} Made on ${escape(new Date(head.madeAt).toUTCString())} on the device that holds the data.</p>`,
		head.fingerprint
			? `<p><small>Newest entry of the ledger: <code>${escape(head.fingerprint)}</code></small></p>`
			: '',
		...sections,
		'</main></body></html>',
	].join('\n');
}

function section({ name, rows, says }: ArchivePart): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const count = rows.length === 1 ? 'One row.' : `${rows.length} rows.`;
	const lead = `<section><h3>${escape(name)}</h3><p>${escape(says)} ${count}</p>`;
	if (rows.length === 0) return `${lead}</section>`;
	const header = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('');
	const body = rows.map((row) => `<tr>${line(row, columns)}</tr>`).join('\n');
	return `${lead}<div><table><thead><tr>${header}</tr></thead><tbody>\n${body}\n</tbody></table></div></section>`;
}

const line = (row: PlainRow, columns: readonly string[]): string =>
	columns.map((column) => `<td>${escape(text(row[column]))}</td>`).join('');

function text(cell: PlainCell | undefined): string {
	if (cell === null || cell === undefined) return '';
	return typeof cell === 'object' ? cell.join(', ') : String(cell);
}

const ESCAPED: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escape = (words: string): string =>
	words.replace(/[&<>"']/g, (mark) => ESCAPED[mark] as string);
