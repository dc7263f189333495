import { FaultError } from '../fault';

const KEPT = 'Nothing was written.';

export const damagedFactors = (why: string, column?: string) =>
	new FaultError({
		name: 'ParquetDamaged',
		message: `These factors can not be used: ${why}.`,
		kept: KEPT,
		next: 'Write them again from the model (docs/spark.md).',
		...(column !== undefined && { column }),
	});

export const refusedFactors = (message: string, column: string) =>
	new FaultError({
		name: 'NoRowUsable',
		message,
		kept: KEPT,
		next: 'Hand in the file that says which key an id stands for: --ids (docs/spark.md).',
		column,
	});

export const missingColumn = (column: string) =>
	new FaultError({
		name: 'ColumnMissing',
		message: `There is no column “${column}” in this file.`,
		kept: KEPT,
		next: 'Say which column it is, or write the file again (docs/spark.md).',
		column,
	});
