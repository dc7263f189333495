/** See `docs/models/recommender.md` for what they do to the figures. */
export interface EaseParams {
	/** λ, added to the Gram matrix's diagonal; in acts of people with a hundred of them. */
	readonly ridge: number;
	/** p: the share of acts that the denoising variant hides; 0 is EASE as it was first told. */
	readonly dropout: number;
	/** β: a person with n acts counts (100/n)^β times. */
	readonly activityPower: number;
	/** δ: scores are divided by popularity^δ. */
	readonly popularityPower: number;
}

export const EASE_DEFAULTS: EaseParams = {
	ridge: 300,
	dropout: 0,
	activityPower: 0,
	popularityPower: 0,
};

/** The share of its own diagonal that is added to the Gram matrix (Steck 2020, equation 7). */
export function denoising({ dropout }: EaseParams): number {
	return dropout / (1 - dropout);
}

export function checkParams({ ridge, dropout, activityPower, popularityPower }: EaseParams): void {
	if (!(ridge > 0 && ridge < Infinity)) throw new RangeError('EASE: the ridge is above 0');
	if (!(dropout >= 0 && dropout < 1)) throw new RangeError('EASE: dropout is from 0 to below 1');
	for (const power of [activityPower, popularityPower])
		if (!(power >= 0 && power <= 2)) throw new RangeError('EASE: powers are from 0 to 2');
}
