import { type PurchaseLog, purchaseLog } from '$workers/models/lifetime-value';
import { civilDay, parseCivilDay } from '$workers/table/civil';
import { EvaluationError, type Options } from './evaluation';
import { readColumns, readText } from './files';

export interface Transactions {
	/** Customers stand in the order of their ids, so that ties go by id. */
	readonly log: PurchaseLog;
	readonly hasAmounts: boolean;
	/** Rows without a customer. */
	readonly left: number;
}

interface Rows {
	readonly customer: readonly string[];
	readonly day: readonly number[];
	readonly amount: readonly number[];
	readonly hasAmounts: boolean;
}

export function readTransactions(options: Options): Transactions {
	const { transactions: path = '', format } = options;
	if (format !== undefined && format !== 'cdnow')
		throw new EvaluationError('--format is cdnow or left out');
	const rows = format === 'cdnow' ? readCdnow(path) : readCsv(path, options);
	const ids = sortIds([...new Set(rows.customer)].filter(Boolean));
	if (ids.length === 0) throw new EvaluationError(`${path}: no row names a customer`);
	const numberOf = new Map(ids.map((id, number) => [id, number]));
	const named = rows.customer.flatMap((id, row) => (id ? [row] : []));
	return {
		log: purchaseLog(
			ids.length,
			named.map((row) => numberOf.get(rows.customer[row] as string) as number),
			named.map((row) => rows.day[row] as number),
			named.map((row) => rows.amount[row] as number),
		),
		hasAmounts: rows.hasAmounts,
		left: rows.customer.length - named.length,
	};
}

/** A day of an option. */
export function readDay(text: string, option: string): number {
	const day = parseCivilDay(text);
	if (Number.isNaN(day)) throw new EvaluationError(`${option} is a date like 1997-09-30`);
	return day;
}

/** Blank-separated and without a header: id in the whole data set, id in the sample, date, CDs, dollars. */
function readCdnow(path: string): Rows {
	const lines = readText(path)
		.split(/\r?\n/)
		.map((line) => line.trim().split(/\s+/));
	const rows = lines.filter((cells) => cells.length > 1);
	if (rows.length === 0) throw new EvaluationError(`${path}: the file is empty`);
	const torn = rows.findIndex((cells) => cells.length !== 5);
	if (torn >= 0)
		throw new EvaluationError(`${path}: row ${torn + 1} has not the five columns of the format`);
	return {
		customer: rows.map(([, id = '']) => id),
		day: rows.map(([, , date = ''], row) => readPlainDay(date, path, row)),
		amount: rows.map(([, , , , dollars = ''], row) => readAmount(dollars, path, row)),
		hasAmounts: true,
	};
}

function readCsv(path: string, { customer, date, amount }: Options): Rows {
	if (!customer || !date)
		throw new EvaluationError('say which columns: --customer and --date (and --amount)');
	const wanted = [customer, date, ...(amount ? [amount] : [])];
	const columns = readColumns(path, wanted);
	const ids = (columns[customer] ?? []).map((id) => id.trim());
	// Rows without a customer are left out, whatever else they hold.
	const read = (name: string, one: (text: string, path: string, row: number) => number) =>
		(columns[name] ?? []).map((text, row) => (ids[row] ? one(text, path, row) : 0));
	return {
		customer: ids,
		day: read(date, readIsoDay),
		amount: amount ? read(amount, readAmount) : ids.map(() => 1),
		hasAmounts: amount !== undefined,
	};
}

/** `19970101` */
function readPlainDay(text: string, path: string, row: number): number {
	const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
	const day = parts ? civilDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) : Number.NaN;
	if (Number.isNaN(day)) throw new EvaluationError(`${path}: row ${row + 1} has no date`);
	return day;
}

/** `1997-01-01`, with or without a time, or `19970101`. */
function readIsoDay(text: string, path: string, row: number): number {
	const day = parseCivilDay(text);
	return Number.isNaN(day) ? readPlainDay(text.trim(), path, row) : day;
}

function readAmount(text: string, path: string, row: number): number {
	const amount = text.trim() === '' ? Number.NaN : Number(text);
	if (!Number.isFinite(amount))
		throw new EvaluationError(`${path}: row ${row + 1} has no amount like 12.50`);
	return amount;
}

/** Numbers by size if all are numbers; texts by code unit. */
function sortIds(ids: readonly string[]): string[] {
	const areNumbers = ids.every((id) => Number.isFinite(Number(id)));
	return areNumbers ? ids.toSorted((a, b) => Number(a) - Number(b)) : ids.toSorted();
}
