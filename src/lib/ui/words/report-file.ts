import type { ReportPart } from './report';

const STYLE = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: #1d1a15; }
h1 { font-size: 1.9rem; line-height: 1.15; } h2 { margin-top: 2rem; font-size: 1.25rem; break-after: avoid; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid #ded6c7; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
@media print { body { margin: 0; font-size: 10pt; } table { font-size: 8.5pt; } }
@page { size: A4; margin: 16mm; }`;

/** The report as one HTML file: no script, nothing loaded, readable and printable anywhere. */
export function reportFile(title: string, parts: readonly ReportPart[]): string {
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		// Whoever opens the file: it neither runs nor loads anything.
		`<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${escaped(title)}</title>`,
		`<style>${STYLE}</style>`,
		'</head>',
		'<body>',
		`<h1>${escaped(title)}</h1>`,
		...parts.map(partHtml),
		'</body>',
		'</html>',
		'',
	].join('\n');
}

function partHtml({ title, says, table }: ReportPart): string {
	return [
		'<section>',
		`<h2>${escaped(title)}</h2>`,
		...says.map((text) => `<p>${escaped(text)}</p>`),
		...(table?.rows.length ? [tableHtml(title, table)] : []),
		'</section>',
	].join('\n');
}

function tableHtml(title: string, { columns, rows }: NonNullable<ReportPart['table']>): string {
	const head = columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
	const body = rows.map(
		([first = '', ...rest]) =>
			`<tr><th scope="row">${escaped(first)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
	);
	return [
		`<table aria-label="${escaped(title)}">`,
		`<thead><tr>${head}</tr></thead>`,
		'<tbody>',
		...body,
		'</tbody>',
		'</table>',
	].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text as HTML text or as the value of a quoted attribute. */
const escaped = (text: string): string =>
	text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
