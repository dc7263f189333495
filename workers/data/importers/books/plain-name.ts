/** A column's name in small letters without accents, its words apart by one blank; `#` is a number. */
export function plainName(name: string): string {
	return name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.replace(/#/g, ' number ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
