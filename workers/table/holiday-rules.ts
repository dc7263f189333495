/**
 * Public holidays of two dozen countries as rules, for a whole country (or nearly all of it). Left out:
 * holidays of single regions; feasts of the lunar calendars (Chinese New Year, Vesak, Hari Raya and
 * Deepavali in Singapore, Matariki in New Zealand); days proclaimed or moved once (jubilees, funerals,
 * coronations, Tokyo's games); bridge days, among them the days between two holidays in Japan. As in
 * force from about 2000 on; days in place of a weekend as they are given today. Facts from the countries' own holiday acts.
 */
export interface HolidayRule {
	readonly name: string;
	readonly when: When;
	/** Years from and until which (both included) it is kept; always if left out. */
	readonly from?: number;
	readonly until?: number;
	/** First and last year in which it was no holiday. */
	readonly suspended?: readonly [number, number];
	/** Days to move by when its date is a Sunday. */
	readonly ifSunday?: number;
	/**
	 * What day is off when it falls on a weekend: `nearest` Friday or Monday, the `next` workday that is
	 * no holiday itself, or that workday for Sundays alone (`after sunday`).
	 */
	readonly observed?: 'nearest' | 'next' | 'after sunday';
}

type When =
	| { readonly kind: 'date'; readonly month: number; readonly day: number }
	/** The first such weekday (0 is Sunday) on or after a date. */
	| {
			readonly kind: 'weekday';
			readonly weekday: number;
			readonly month: number;
			readonly day: number;
	  }
	| { readonly kind: 'easter' | 'orthodox easter'; readonly days: number }
	| { readonly kind: 'equinox'; readonly month: 3 | 9 };

type Details = Omit<HolidayRule, 'name' | 'when'>;

const MONDAY = 1;
const THURSDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

const on = (month: number, day: number, name: string, details: Details = {}): HolidayRule => ({
	name,
	when: { kind: 'date', month, day },
	...details,
});

const first = (
	weekday: number,
	month: number,
	day: number,
	name: string,
	details: Details = {},
): HolidayRule => ({ name, when: { kind: 'weekday', weekday, month, day }, ...details });

/** The first Monday of a month, counted from a date: the 8th for the second one. */
const monday = (month: number, day: number, name: string, details: Details = {}) =>
	first(MONDAY, month, day, name, details);

const easterDay = (days: number, name: string, details: Details = {}): HolidayRule => ({
	name,
	when: { kind: 'easter', days },
	...details,
});

const orthodox = (days: number, name: string): HolidayRule => ({
	name,
	when: { kind: 'orthodox easter', days },
});

const newYear = on(1, 1, 'New Year');
const epiphany = on(1, 6, 'Epiphany');
const maundyThursday = easterDay(-3, 'Maundy Thursday');
const goodFriday = easterDay(-2, 'Good Friday');
const easterSunday = easterDay(0, 'Easter Sunday');
const easterMonday = easterDay(1, 'Easter Monday');
const labourDay = on(5, 1, 'Labour Day');
const ascension = easterDay(39, 'Ascension');
const whitSunday = easterDay(49, 'Whit Sunday');
const whitMonday = easterDay(50, 'Whit Monday');
const corpusChristi = easterDay(60, 'Corpus Christi');
const assumption = on(8, 15, 'Assumption');
const allSaints = on(11, 1, 'All Saints');
const immaculateConception = on(12, 8, 'Immaculate Conception');
const christmasEve = on(12, 24, 'Christmas Eve');
const christmas = on(12, 25, 'Christmas');
const secondChristmas = on(12, 26, 'Second day of Christmas');
const nordicMidsummer = [
	first(FRIDAY, 6, 19, 'Midsummer Eve'),
	first(SATURDAY, 6, 20, 'Midsummer'),
];
const nordicAllSaints = first(SATURDAY, 10, 31, 'All Saints');

const withObserved = (rule: HolidayRule, observed: HolidayRule['observed']): HolidayRule => ({
	...rule,
	observed,
});
const christmasAndBoxingDay = [
	withObserved(christmas, 'next'),
	on(12, 26, 'Boxing Day', { observed: 'next' }),
];
/** Abolished for three years to save money (Lei 23/2012, Lei 8/2016). */
const portugueseSaving: Details = { suspended: [2013, 2015] };

/** By ISO 3166 alpha-2. */
export const HOLIDAY_RULES: Readonly<Record<string, readonly HolidayRule[]>> = {
	AT: [
		newYear,
		epiphany,
		easterMonday,
		labourDay,
		ascension,
		whitMonday,
		corpusChristi,
		assumption,
		on(10, 26, 'National Day'),
		allSaints,
		immaculateConception,
		christmas,
		secondChristmas,
	],
	AU: [
		withObserved(newYear, 'next'),
		on(1, 26, 'Australia Day', { observed: 'next' }),
		goodFriday,
		easterSunday,
		easterMonday,
		on(4, 25, 'Anzac Day'),
		monday(6, 8, "Sovereign's Birthday"),
		...christmasAndBoxingDay,
	],
	BE: [
		newYear,
		easterMonday,
		labourDay,
		ascension,
		whitMonday,
		on(7, 21, 'National Day'),
		assumption,
		allSaints,
		on(11, 11, 'Armistice'),
		christmas,
	],
	CA: [
		withObserved(newYear, 'next'),
		monday(2, 15, 'Family Day', { from: 2008 }),
		goodFriday,
		monday(5, 18, 'Victoria Day'),
		on(7, 1, 'Canada Day', { observed: 'next' }),
		monday(8, 1, 'Civic Holiday'),
		monday(9, 1, 'Labour Day'),
		on(9, 30, 'Truth and Reconciliation', { from: 2021, observed: 'next' }),
		monday(10, 8, 'Thanksgiving'),
		on(11, 11, 'Remembrance Day', { observed: 'next' }),
		...christmasAndBoxingDay,
	],
	CH: [
		newYear,
		goodFriday,
		easterMonday,
		ascension,
		whitMonday,
		on(8, 1, 'National Day'),
		christmas,
		secondChristmas,
	],
	CZ: [
		newYear,
		easterDay(-2, 'Good Friday', { from: 2016 }),
		easterMonday,
		labourDay,
		on(5, 8, 'Liberation'),
		on(7, 5, 'Cyril and Methodius'),
		on(7, 6, 'Jan Hus'),
		on(9, 28, 'Statehood'),
		on(10, 28, 'Independence'),
		on(11, 17, 'Freedom and Democracy'),
		christmasEve,
		christmas,
		secondChristmas,
	],
	DE: [
		newYear,
		goodFriday,
		easterMonday,
		labourDay,
		ascension,
		whitMonday,
		on(10, 3, 'German Unity'),
		christmas,
		secondChristmas,
	],
	DK: [
		newYear,
		maundyThursday,
		goodFriday,
		easterSunday,
		easterMonday,
		easterDay(26, 'Great Prayer Day', { until: 2023 }),
		ascension,
		whitSunday,
		whitMonday,
		on(6, 5, 'Constitution Day'),
		christmas,
		secondChristmas,
	],
	ES: [
		newYear,
		epiphany,
		maundyThursday,
		goodFriday,
		labourDay,
		assumption,
		on(10, 12, 'National Day'),
		allSaints,
		on(12, 6, 'Constitution Day'),
		immaculateConception,
		christmas,
	],
	FI: [
		newYear,
		epiphany,
		goodFriday,
		easterSunday,
		easterMonday,
		labourDay,
		ascension,
		whitSunday,
		...nordicMidsummer,
		nordicAllSaints,
		on(12, 6, 'Independence'),
		christmasEve,
		christmas,
		secondChristmas,
	],
	FR: [
		newYear,
		easterMonday,
		labourDay,
		on(5, 8, 'Victory 1945'),
		ascension,
		whitMonday,
		on(7, 14, 'National Day'),
		assumption,
		allSaints,
		on(11, 11, 'Armistice'),
		christmas,
	],
	GB: [
		withObserved(newYear, 'next'),
		goodFriday,
		easterMonday,
		monday(5, 1, 'Early May Bank Holiday'),
		monday(5, 25, 'Spring Bank Holiday'),
		monday(8, 25, 'Summer Bank Holiday'),
		...christmasAndBoxingDay,
	],
	GR: [
		newYear,
		epiphany,
		orthodox(-48, 'Clean Monday'),
		on(3, 25, 'Independence'),
		orthodox(-2, 'Good Friday'),
		orthodox(0, 'Easter Sunday'),
		orthodox(1, 'Easter Monday'),
		labourDay,
		orthodox(50, 'Whit Monday'),
		assumption,
		on(10, 28, 'Ohi Day'),
		christmas,
		secondChristmas,
	],
	IE: [
		newYear,
		monday(2, 1, "Saint Brigid's Day", { from: 2023 }),
		on(3, 17, "Saint Patrick's Day"),
		easterMonday,
		monday(5, 1, 'May Day'),
		monday(6, 1, 'June Holiday'),
		monday(8, 1, 'August Holiday'),
		monday(10, 25, 'October Holiday'),
		christmas,
		secondChristmas,
	],
	IT: [
		newYear,
		epiphany,
		easterSunday,
		easterMonday,
		on(4, 25, 'Liberation'),
		labourDay,
		on(6, 2, 'Republic'),
		assumption,
		allSaints,
		immaculateConception,
		christmas,
		secondChristmas,
	],
	JP: japanese(),
	NL: [
		newYear,
		easterSunday,
		easterMonday,
		on(4, 30, "Queen's Day", { until: 2013, ifSunday: -1 }),
		on(4, 27, "King's Day", { from: 2014, ifSunday: -1 }),
		on(5, 5, 'Liberation'),
		ascension,
		whitSunday,
		whitMonday,
		christmas,
		secondChristmas,
	],
	NO: [
		newYear,
		maundyThursday,
		goodFriday,
		easterSunday,
		easterMonday,
		labourDay,
		on(5, 17, 'Constitution Day'),
		ascension,
		whitSunday,
		whitMonday,
		christmas,
		secondChristmas,
	],
	NZ: [
		withObserved(newYear, 'next'),
		on(1, 2, "Day after New Year's Day", { observed: 'next' }),
		on(2, 6, 'Waitangi Day', { observed: 'next' }),
		goodFriday,
		easterMonday,
		on(4, 25, 'Anzac Day', { observed: 'next' }),
		monday(6, 1, "Sovereign's Birthday"),
		monday(10, 22, 'Labour Day'),
		...christmasAndBoxingDay,
	],
	PL: [
		newYear,
		on(1, 6, 'Epiphany', { from: 2011 }),
		easterSunday,
		easterMonday,
		labourDay,
		on(5, 3, 'Constitution Day'),
		whitSunday,
		corpusChristi,
		assumption,
		allSaints,
		on(11, 11, 'Independence'),
		on(12, 24, 'Christmas Eve', { from: 2025 }),
		christmas,
		secondChristmas,
	],
	PT: [
		newYear,
		easterDay(-47, 'Carnival'),
		goodFriday,
		easterSunday,
		on(4, 25, 'Freedom Day'),
		labourDay,
		{ ...corpusChristi, ...portugueseSaving },
		on(6, 10, 'Portugal Day'),
		assumption,
		on(10, 5, 'Republic', portugueseSaving),
		{ ...allSaints, ...portugueseSaving },
		on(12, 1, 'Independence', portugueseSaving),
		immaculateConception,
		christmas,
	],
	SE: [
		newYear,
		epiphany,
		goodFriday,
		easterSunday,
		easterMonday,
		labourDay,
		ascension,
		whitSunday,
		easterDay(50, 'Whit Monday', { until: 2004 }),
		on(6, 6, 'National Day', { from: 2005 }),
		...nordicMidsummer,
		nordicAllSaints,
		christmasEve,
		christmas,
		secondChristmas,
		on(12, 31, "New Year's Eve"),
	],
	SG: [
		withObserved(newYear, 'after sunday'),
		goodFriday,
		withObserved(labourDay, 'after sunday'),
		on(8, 9, 'National Day', { observed: 'after sunday' }),
		withObserved(christmas, 'after sunday'),
	],
	US: [
		withObserved(newYear, 'nearest'),
		monday(1, 15, 'Martin Luther King Day', { from: 1986 }),
		monday(2, 15, "Presidents' Day"),
		monday(5, 25, 'Memorial Day'),
		on(6, 19, 'Juneteenth', { from: 2021, observed: 'nearest' }),
		on(7, 4, 'Independence Day', { observed: 'nearest' }),
		monday(9, 1, 'Labor Day'),
		monday(10, 8, 'Columbus Day'),
		on(11, 11, 'Veterans Day', { observed: 'nearest' }),
		first(THURSDAY, 11, 22, 'Thanksgiving'),
		withObserved(christmas, 'nearest'),
	],
};

function japanese(): HolidayRule[] {
	const days: HolidayRule[] = [
		newYear,
		monday(1, 8, 'Coming of Age Day'),
		on(2, 11, 'Foundation Day'),
		on(2, 23, "Emperor's Birthday", { from: 2020 }),
		{ name: 'Vernal Equinox', when: { kind: 'equinox', month: 3 } },
		on(4, 29, 'Showa Day'),
		on(5, 3, 'Constitution Day'),
		on(5, 4, 'Greenery Day'),
		on(5, 5, "Children's Day"),
		monday(7, 15, 'Marine Day', { from: 2003 }),
		on(8, 11, 'Mountain Day', { from: 2016 }),
		monday(9, 15, 'Respect for the Aged Day', { from: 2003 }),
		{ name: 'Autumnal Equinox', when: { kind: 'equinox', month: 9 } },
		monday(10, 8, 'Sports Day'),
		on(11, 3, 'Culture Day'),
		on(11, 23, 'Labour Thanksgiving Day'),
		on(12, 23, "Emperor's Birthday", { from: 1989, until: 2018 }),
	];
	return days.map((rule) => withObserved(rule, 'after sunday'));
}
