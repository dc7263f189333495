/**
 * `npm run bench [-- --only name,name] [--folder build]`: speed and size against their budgets. A
 * table for people on stderr, one JSON object as the last line of stdout, exit code 1 over budget.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Figure, type Measure, holds } from './bench/figure';
import { app } from './bench/app';
import { books } from './bench/books';
import { boostedTreesMeasure } from './bench/boosted-trees';
import { easeMeasure } from './bench/ease';
import { events } from './bench/events';
import { importing } from './bench/import';
import { insights } from './bench/insights';
import { lighthousePages } from './bench/lighthouse';
import { pack } from './bench/pack';
import { ranking } from './bench/ranking';
import { sizes } from './bench/sizes';
import { smooth } from './bench/smooth';
import { tableOf } from './bench/table';

const MEASURES: readonly Measure[] = [
	sizes,
	ranking,
	boostedTreesMeasure,
	easeMeasure,
	app,
	importing,
	events,
	books,
	pack,
	insights,
	smooth,
	lighthousePages,
];

const { values } = parseArgs({
	options: { only: { type: 'string' }, folder: { type: 'string', default: 'build' } },
});

const chosen = values.only?.split(',') ?? MEASURES.map(({ name }) => name);
const unknown = chosen.filter((name) => !MEASURES.some((measure) => measure.name === name));
if (unknown.length) fail(`There is no ${unknown.join(', ')}. There are: ${names(MEASURES)}`);
if (!existsSync(`${values.folder}/index.html`))
	fail(`There is no built app in ${values.folder}/. Build it first: npm run build`);

const say = (words: string) => process.stderr.write(`${words}\n`);
const figures: (Figure & { readonly measure: string })[] = [];
for (const measure of MEASURES.filter(({ name }) => chosen.includes(name))) {
	say(`== ${measure.name}`);
	const lines = await measure.run({ folder: values.folder, say }).catch(notMeasured);
	figures.push(...lines.map((line) => ({ measure: measure.name, ...line })));
}

const machine = {
	cores: availableParallelism(),
	load: round(loadavg()[0] ?? 0),
	node: process.version,
};
say(tableOf(figures));
say(`${machine.cores} cores, load ${machine.load} at the end, Node ${machine.node}`);
const over = figures.filter((line) => !holds(line));
process.stdout.write(
	`${JSON.stringify({
		...machine,
		over: over.length,
		figures: figures.map((line) => ({ ...line, figure: round(line.figure), ok: holds(line) })),
	})}\n`,
);
process.exitCode = over.length ? 1 : 0;

/** What could not be measured is over its budget; the other measures go on. */
function notMeasured(error: unknown): Figure[] {
	say(error instanceof Error ? (error.stack ?? error.message) : String(error));
	return [{ what: 'could not be measured', figure: NaN, unit: '', budget: { atMost: 0 } }];
}

function round(figure: number): number {
	return Math.round(figure * 100) / 100;
}

function names(measures: readonly Measure[]): string {
	return measures.map(({ name }) => name).join(', ');
}

function fail(words: string): never {
	process.stderr.write(`${words}\n`);
	process.exit(2);
}
