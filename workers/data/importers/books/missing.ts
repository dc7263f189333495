const MISSING = new Set(['', 'NULL', 'null', 'NA', 'N/A', 'NaN', 'nan']);

/** Whether a cell, trimmed, says that nothing is known. */
export const isMissing = (text: string) => MISSING.has(text);
