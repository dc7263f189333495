const YES = /^(?:1|t|true|y|yes|ja|j|oui|o|si|s|sim|x|booked|let|occupied|reserved|unavailable)$/;
const NO = /^(?:0|f|false|n|no|nein|non|nao|nee|available|free|vacant)$/;

/** 1 for yes, 0 for no; NaN for anything else. */
export function readYesNo(text: string): number {
	const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
	if (YES.test(plain)) return 1;
	return NO.test(plain) ? 0 : Number.NaN;
}
