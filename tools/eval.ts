import process from 'node:process';
import { parseArgs } from 'node:util';
import { classify } from './eval/classify';
import { price } from './eval/price';
import { demand } from './eval/demand';
import { regress } from './eval/regress';
import { EvaluationError, type Options, type Task } from './eval/evaluation';
import { forecast } from './eval/forecast';
import { histories } from './eval/histories';
import { insight } from './eval/insight';
import { recommend } from './eval/recommend';
import { revenue } from './eval/revenue';
import { ltv } from './eval/ltv';
import { m4 } from './eval/m4';
import { pack } from './eval/pack';
import { offPolicy } from './eval/off-policy';
import { trips } from './eval/trips';

/** One file a task. */
const TASKS: Readonly<Record<string, Task>> = {
	demand,
	classify,
	price,
	regress,
	histories,
	recommend,
	trips,
	ltv,
	revenue,
	m4,
	forecast,
	insight,
	pack,
	'off-policy': offPolicy,
};

async function main([name = '', ...words]: readonly string[]): Promise<void> {
	const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
	if (!task) throw new EvaluationError(`say which task: ${Object.keys(TASKS).join(', ')}`);
	const { figures, table } = await task.run(readOptions(words, task));
	const line = JSON.stringify(figures, refuseNotANumber);
	process.stderr.write(`${table.join('\n')}\n`);
	process.stdout.write(`${line}\n`);
}

function readOptions(words: readonly string[], { required, optional, flags = [] }: Task): Options {
	const known = [
		...[...required, ...optional].map((name) => [name, { type: 'string' }] as const),
		...flags.map((name) => [name, { type: 'boolean' }] as const),
	];
	const options = parseWords(words, Object.fromEntries(known));
	const missing = required.filter((name) => options[name] === undefined);
	if (missing.length > 0) throw new EvaluationError(`missing: --${missing.join(', --')}`);
	return options;
}

function parseWords(
	args: readonly string[],
	options: Record<string, { type: 'string' | 'boolean' }>,
): Options {
	try {
		const { values } = parseArgs({ args: [...args], options });
		return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
	} catch (error) {
		throw new EvaluationError((error as Error).message);
	}
}

/** JSON would write null for NaN: a figure that is none must not pass. */
function refuseNotANumber(name: string, value: unknown): unknown {
	if (typeof value === 'number' && !Number.isFinite(value))
		throw new EvaluationError(`the figure ${name} is not a number`);
	return value;
}

main(process.argv.slice(2)).catch((error: unknown) => {
	if (!(error instanceof EvaluationError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 2;
});
