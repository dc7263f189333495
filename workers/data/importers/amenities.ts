/**
 * Hosts write brands and sizes into amenities (`43 inch HDTV with Netflix`, `Dove body soap`): a few
 * thousand spellings of some hundred things. Each rule folds spellings into one name; the first that
 * fits decides. Qualifiers after a dash or a colon are gone by then.
 */
const FOLDED: readonly (readonly [RegExp, string])[] = [
	[/\b(?:hd)?tv\b/i, 'TV'],
	[/\bpocket wi-?fi\b/i, 'Pocket wifi'],
	[/\bwi-?fi\b|^wireless internet$/i, 'Wifi'],
	[/\bhair dryer$/i, 'Hair dryer'],
	[/\bdish ?washer$/i, 'Dishwasher'],
	[/\bwasher$/i, 'Washer'],
	[/\bdryer$/i, 'Dryer'],
	[/\bmini[ -]fridge$/i, 'Mini fridge'],
	[/\b(?:refrigerator|fridge)$/i, 'Refrigerator'],
	[/\bportable heater$/i, 'Portable heater'],
	[/\bair condition(?:ing|er)\b|^ac\b|\bac unit$/i, 'Air conditioning'],
	[/\bheating$/i, 'Heating'],
	[/\bbody soap$/i, 'Body soap'],
	[/\bshower gel$/i, 'Shower gel'],
	[/\bshampoo$/i, 'Shampoo'],
	[/\bconditioner$/i, 'Conditioner'],
	[/\bmicrowave\b/i, 'Microwave'],
	[/\bstove$/i, 'Stove'],
	[/\boven$/i, 'Oven'],
	[/^coffee maker|\bkeurig\b|\bnespresso\b/i, 'Coffee maker'],
	[/\bsound system\b/i, 'Sound system'],
	[/^game console/i, 'Game console'],
	[/\bgym\b/i, 'Gym'],
	[/\bpool$/i, 'Pool'],
	[/\bhot tub$/i, 'Hot tub'],
	[/\bsauna$/i, 'Sauna'],
	[/\bbbq grill\b/i, 'BBQ grill'],
	[/\bpatio or balcony$/i, 'Patio or balcony'],
	[/\bbackyard$/i, 'Backyard'],
	[/\boutdoor kitchen$/i, 'Outdoor kitchen'],
	[/^free\b.*\bon premises\b/i, 'Free parking on premises'],
	[/^free\b.*\bstreet parking/i, 'Free street parking'],
	[/^paid\b.*\bon premises\b/i, 'Paid parking on premises'],
	[/^paid\b.*\boff premises\b/i, 'Paid parking off premises'],
	[/\btravel crib\b/i, 'Travel crib'],
	[/\bcrib$/i, 'Crib'],
	[/\bhigh chair$/i, 'High chair'],
	[/^children's books/i, "Children's books and toys"],
	[/\bbeach access\b|\bbeachfront$/i, 'Beach access'],
	[/\bsecurity cameras?\b/i, 'Security cameras'],
	[/\bclothing storage\b/i, 'Clothing storage'],
	[/\bev charger\b/i, 'EV charger'],
	[/^lift$|^elevator/i, 'Elevator'],
];
const LONGEST = 40;
/** A home lists some thirty; more than this in a row is not a list of amenities. */
const MOST_PER_HOME = 400;

/** The usual name of an amenity; empty where the text is no name. */
export function amenityName(raw: string): string {
	const whole = raw
		.replace(/[’‘]/g, "'")
		.replace(/[\s\u00A0]+/g, ' ')
		.trim();
	const plain = whole.split(/ [–—-] ?|: /, 1)[0]?.trim() ?? '';
	const folded = FOLDED.find(([pattern]) => pattern.test(plain))?.[1] ?? plain;
	if (folded.length > LONGEST || !/\p{L}{2}/u.test(folded)) return '';
	return folded.charAt(0).toUpperCase() + folded.slice(1);
}

/**
 * The names in a cell: a JSON array (`["Wifi", "TV"]`) or the older form `{Wifi,"Hot tub"}`. A cell
 * that is neither holds no amenities.
 */
export function readAmenities(cell: string): readonly string[] {
	const text = cell.trim();
	if (text.startsWith('[')) return textsOf(text).slice(0, MOST_PER_HOME);
	if (!text.startsWith('{') || !text.endsWith('}')) return [];
	return text
		.slice(1, -1)
		.split(',')
		.slice(0, MOST_PER_HOME)
		.map((name) => name.replace(/^"|"$/g, ''));
}

function textsOf(json: string): string[] {
	try {
		const parsed: unknown = JSON.parse(json);
		return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : [];
	} catch {
		return [];
	}
}
