import { type Budget, type Figure, holds } from './figure';

/** Lines for people: what, figure, budget, ok or over. */
export function tableOf(figures: readonly Figure[]): string {
	const rows = [
		['what', 'figure', 'budget', ''],
		...figures.map((line) => [
			line.what,
			`${shown(line.figure)} ${line.unit}`,
			line.budget ? budgetWords(line.budget) : '',
			line.budget ? (holds(line) ? 'ok' : 'OVER') : '',
		]),
	];
	const widths = [0, 1, 2].map((column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function budgetWords(budget: Budget): string {
	return 'atMost' in budget ? `at most ${budget.atMost}` : `at least ${budget.atLeast}`;
}

function shown(figure: number): string {
	return figure.toLocaleString('en', { maximumSignificantDigits: 3 });
}
