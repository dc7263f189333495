/** A text for people, to be written as Markdown or as HTML. */
export type Part =
	| { readonly heading: string; readonly depth: 1 | 2 }
	| { readonly text: string }
	| { readonly list: readonly string[] }
	| { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export function toMarkdown(parts: readonly Part[]): string {
	return `${parts.map(markdownOf).join('\n\n')}\n`;
}

function markdownOf(part: Part): string {
	if ('heading' in part) return `${'#'.repeat(part.depth)} ${part.heading}`;
	if ('text' in part) return escapeMarkdown(part.text);
	if ('list' in part) return part.list.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
	const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
	return [line(part.head), line(part.head.map(() => '---')), ...part.rows.map(line)].join('\n');
}

const escapeMarkdown = (text: string) => text.replace(/[|<>]/g, (sign) => `\\${sign}`);

/** One file that needs nothing else, and prints. */
export function toHtml(title: string, parts: readonly Part[]): string {
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-size: 0.875rem; width: 100%; }
th, td { border-bottom: 1px solid #bbb; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
</style>
${parts.map(htmlOf).join('\n')}
</html>
`;
}

function htmlOf(part: Part): string {
	if ('heading' in part) return tag(`h${part.depth}`, escapeHtml(part.heading));
	if ('text' in part) return tag('p', escapeHtml(part.text));
	if ('list' in part)
		return tag('ul', part.list.map((item) => tag('li', escapeHtml(item))).join(''));
	const row = (cells: readonly string[], name: string) =>
		tag('tr', cells.map((cell) => tag(name, escapeHtml(cell))).join(''));
	return tag(
		'table',
		tag('thead', row(part.head, 'th')) +
			tag('tbody', part.rows.map((cells) => row(cells, 'td')).join('\n')),
	);
}

const tag = (name: string, content: string) => `<${name}>${content}</${name}>`;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string) => text.replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign);
