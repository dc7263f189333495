import process from 'node:process';
import { parseArgs } from 'node:util';
import { classify } from './eval/classify';
import { EvaluationError, type Options, type Task } from './eval/evaluation';
import { histories } from './eval/histories';
import { revenue } from './eval/revenue';
import { ltv } from './eval/ltv';
import { m4 } from './eval/m4';

/** One file a task. */
const TASKS: Readonly<Record<string, Task>> = { classify, histories, ltv, revenue, m4 };

async function main([name = '', ...words]: readonly string[]): Promise<void> {
	const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
	if (!task) throw new EvaluationError(`say which task: ${Object.keys(TASKS).join(', ')}`);
	const { figures, table } = await task.run(readOptions(words, task));
	const line = JSON.stringify(figures, refuseNotANumber);
	process.stderr.write(`${table.join('\n')}\n`);
	process.stdout.write(`${line}\n`);
}

function readOptions(words: readonly string[], { required, optional }: Task): Options {
	const known = [...required, ...optional].map((name) => [name, { type: 'string' }] as const);
	const options = parseWords(words, Object.fromEntries(known));
	const missing = required.filter((name) => options[name] === undefined);
	if (missing.length > 0) throw new EvaluationError(`missing: --${missing.join(', --')}`);
	return options;
}

function parseWords(args: readonly string[], options: Record<string, { type: 'string' }>): Options {
	try {
		return parseArgs({ args: [...args], options }).values as Options;
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
