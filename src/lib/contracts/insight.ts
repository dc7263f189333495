import type { StaleWhy } from './registry';

/**
 * What the manager's models answer. All of it is plain data, ready to be shown: typed arrays run
 * parallel, days are civil days (since 1970-01-01), money is in `currency`, shares are 0 to 1.
 */
export type InsightModel =
	'revenue' | 'demand' | 'conversion' | 'cancellation' | 'price' | 'lifetime-value';

/** A model's answer, or why there is none yet. */
export type Insight<Answer> =
	| { readonly ready: true; readonly answer: Answer; readonly card: ModelCard }
	| { readonly ready: false; readonly missing: Missing };

/** What a model would need: said in the reader's terms, with what to do. */
export interface Missing {
	readonly reason:
		| 'NoBookings'
		| 'TooShort'
		| 'TooFewBookings'
		| 'NoGuests'
		| 'NoEngagement'
		| 'OneClass'
		| 'NoPrices'
		| 'NotTrained'
		/** What it had learned from may not be used any more: it is trained again from what may. */
		| 'LearnedAnew';
	/** E.g. days there are and days there must be. */
	readonly have?: number;
	readonly need?: number;
	/** Of `LearnedAnew`: what happened to the data. */
	readonly why?: StaleWhy;
	/** Tables that the person took out of learning. */
	readonly without?: readonly string[];
}

/** An estimate with an interval that should hold the truth 8 times in 10. */
export interface Estimate {
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/** A named share of a number; shares sum to the number that they explain. */
export interface Share {
	/** The feature's name; `base` for what every row has. */
	readonly feature: string;
	readonly share: number;
	/** The feature's value here, where there is one to show. */
	readonly value?: number | string;
}

export interface Figure {
	readonly name: string;
	readonly value: number;
	/** The same of the naive baseline. */
	readonly naive: number;
	/** What the project was founded on, e.g. MAPE under .15; NaN where there is none. */
	readonly target: number;
	readonly better: 'lower' | 'higher';
}

/** How a model did on days (or rows) that it had not seen. */
export interface Backtest {
	/** Words of the protocol, e.g. `rolling-origin`, `last-months`, `out-of-fold`, `hold-out`. */
	readonly protocol: 'rolling-origin' | 'last-months' | 'out-of-fold' | 'hold-out';
	/** What the baseline is. */
	readonly naive:
		| 'same-weekday-last-year'
		| 'recent-mean'
		| 'overall-rate'
		| 'one-factor'
		| 'base-price'
		| 'past-spend';
	readonly figures: readonly Figure[];
	/** The first figure decides. Where this is false the page shows the baseline and says so. */
	readonly beatsNaive: boolean;
	/** Error at each origin or fold; `at` is a civil day or a fold's number. */
	readonly points: readonly {
		readonly at: number;
		readonly model: number;
		readonly naive: number;
	}[];
	/** What the interval promises and what it held; NaN where there is none. */
	readonly coverage: { readonly promised: number; readonly held: number; readonly count: number };
	/** Rows (or days) in the test parts together. */
	readonly rows: number;
}

/** A column that was not known in time, or looks so. */
export interface Suspect {
	readonly column: string;
	/** `refused`: a model that uses it is not promoted. `suspect`: used, and named. */
	readonly verdict: 'refused' | 'suspect';
	readonly reason:
		'AloneTellsAll' | 'NeverWithOutcome' | 'FilledInLater' | 'BreaksWithTime' | 'DatedAfter';
	/** Numbers of the evidence, e.g. AUC alone, rows, rows with the outcome. */
	readonly evidence: Readonly<Record<string, number>>;
}

export type Stage = 'None' | 'Staging' | 'Production' | 'Archived';

/** Everything that a page says of a model beside its answer. */
export interface ModelCard {
	readonly model: InsightModel;
	/** E.g. `revenue_forecaster_v1.2_20260514_gbdt`. */
	readonly name: string;
	readonly version: string;
	readonly stage: Stage;
	/** UTC milliseconds. */
	readonly trainedAt: number;
	readonly seconds: number;
	readonly seed: number;
	readonly build: string;
	readonly device: string;
	readonly rows: number;
	/** First and last day of the data. */
	readonly from: number;
	readonly to: number;
	readonly dataHash: string;
	readonly learner: string;
	readonly settings: Readonly<Record<string, number | string | boolean>>;
	readonly features: readonly string[];
	readonly backtest: Backtest;
	/** Mean absolute share of each feature over the test rows; largest first. */
	readonly importance: readonly Share[];
	readonly suspects: readonly Suspect[];
	readonly sample: boolean;
	readonly currency: string;
}

// Revenue

/** A forecast of a daily series, as the seed names it. */
export interface Forecast {
	readonly ds: Int32Array;
	readonly yhat: Float64Array;
	/** 8 in 10. */
	readonly yhat_lower: Float64Array;
	readonly yhat_upper: Float64Array;
	/** 5 in 10. */
	readonly lowerHalf: Float64Array;
	readonly upperHalf: Float64Array;
}

export interface RevenueAnswer {
	/** The first day of the forecast. */
	readonly origin: number;
	readonly forecast: Forecast;
	/** Of the days of `forecast`: revenue of bookings made before the origin and not cancelled. */
	readonly onBooks: Float64Array;
	/** The days before the origin, oldest first. */
	readonly past: { readonly days: Int32Array; readonly revenue: Float64Array };
	readonly totals: readonly {
		readonly days: 30 | 60 | 90;
		readonly total: Estimate;
		readonly onBooks: number;
		/** The same days a year before; NaN where there is none. */
		readonly lastYear: number;
		readonly naive: number;
	}[];
	/** Shares of the 30-day total. */
	readonly why: readonly Share[];
	/**
	 * `books`: bookings on the books took part. `calendar`: the file ends with its last arrival, so
	 * nothing is known of what is booked for the days to come.
	 */
	readonly knows: 'books' | 'calendar';
	/** The last year of months, for a budget to start from: first day of the month and revenue. */
	readonly months: { readonly first: Int32Array; readonly revenue: Float64Array };
}

// Demand

export interface DemandAnswer {
	readonly origin: number;
	/** Days of the columns of the matrices, from `origin` on. */
	readonly days: Int32Array;
	readonly series: readonly DemandSeries[];
	readonly advice: readonly StayAdvice[];
}

export interface DemandSeries {
	/** Row of the property table, and what it is called. */
	readonly property: number;
	readonly title: string;
	readonly destination: string;
	readonly units: number;
	/** Expected arrivals that are not cancelled, a day. */
	readonly expected: Float64Array;
	readonly low: Float64Array;
	readonly high: Float64Array;
	/** Arrivals on the books. */
	readonly booked: Float64Array;
	/** Expected nights occupied over units, 0 to 1. */
	readonly occupancy: Float64Array;
	/** This series' own backtest: RMSE of the model and of the baseline. */
	readonly rmse: number;
	readonly naiveRmse: number;
	/** Shares of the logarithm of the mean of the first week's expectation. */
	readonly why: readonly Share[];
}

export interface StayAdvice {
	readonly property: number;
	readonly title: string;
	readonly from: number;
	readonly to: number;
	readonly do: 'shorten-stay' | 'lengthen-stay' | 'open-days';
	/** Nights of the minimum stay advised; NaN for others. */
	readonly minimumNights: number;
	/** Nights expected to be let more than without. */
	readonly nights: Estimate;
	readonly because: 'gap-between-bookings' | 'weak-days' | 'strong-days';
}

// Conversion and cancellation

export interface ChanceAnswer {
	/** `view becomes booking`, or `booking is cancelled`. */
	readonly question: 'conversion' | 'cancellation';
	/** Rows to act on, most worth it first: at most 200. */
	readonly rows: readonly ChanceRow[];
	/** Overall rate in the data and its mean prediction for the days to come. */
	readonly rate: number;
	readonly expected: Estimate;
	/** Predicted against observed, ten bins of equal count. */
	readonly calibration: {
		readonly predicted: Float64Array;
		readonly observed: Float64Array;
		readonly counts: Uint32Array;
	};
}

export interface ChanceRow {
	/** Row of the property table; what it is called. */
	readonly property: number;
	readonly title: string;
	/** Row of the guest table; -1 for none. */
	readonly guest: number;
	/** Booking (cancellation) or session (conversion). */
	readonly id: number;
	/** Day of arrival or of the visit. */
	readonly day: number;
	/** Money at stake; NaN where there is none. */
	readonly amount: number;
	readonly chance: Estimate;
	/** In log-odds; they sum to the score behind `chance`. */
	readonly factors: readonly Share[];
	/** The same in points of chance, as the seed's `top_factors` has them. */
	readonly impacts: readonly Share[];
}

// Price

export interface PriceAnswer {
	readonly properties: readonly PricedProperty[];
	/** Measured on past prices, off policy; never from the demand model itself. */
	readonly lift: Lift;
}

export interface Lift {
	/** Revenue of the suggested prices over that of the prices asked, less 1. */
	readonly revenue: Estimate;
	/** Effective number of nights behind it. */
	readonly nights: number;
	/** Says that the interval holds 0, or that there is too little variation to tell. */
	readonly verdict: 'gain' | 'loss' | 'cannot-tell' | 'too-little-variation';
	readonly method: 'doubly-robust' | 'self-normalised';
}

export interface PricedProperty {
	readonly property: number;
	readonly title: string;
	readonly base: number;
	readonly elasticity: Estimate;
	readonly days: readonly PricedDay[];
}

export interface PricedDay {
	readonly day: number;
	/** Nights let already; a day without a free unit has no suggestion. */
	readonly booked: number;
	readonly free: number;
	readonly current: number;
	readonly suggested: number;
	/** Chance of being let (one unit) or expected bookings (several) at the two prices. */
	readonly demandNow: Estimate;
	readonly demandSuggested: Estimate;
	readonly revenueNow: Estimate;
	readonly revenueSuggested: Estimate;
	/** From the base price to the suggestion, in money; they sum to `suggested`. */
	readonly why: readonly Share[];
}

/** What the owner allows, and wants. */
export interface PriceRules {
	readonly minimum: number;
	readonly maximum: number;
	readonly step: number;
	/** 0 asks for revenue alone, 1 for occupancy alone. */
	readonly objective: number;
}

export interface PriceCurve {
	readonly property: number;
	readonly day: number;
	/** 100 prices from half to twice the base. */
	readonly prices: Float64Array;
	readonly demand: Float64Array;
	readonly revenue: Float64Array;
	readonly revenueLow: Float64Array;
	readonly revenueHigh: Float64Array;
	readonly current: number;
	readonly suggested: number;
	/** Prices between which revenue stays within 2 % of the best. */
	readonly flatFrom: number;
	readonly flatTo: number;
}

// Lifetime value

export interface LifetimeAnswer {
	readonly guests: readonly LifetimeGuest[];
	/** Twelve months of all guests together. */
	readonly total: Estimate;
	readonly segments: readonly {
		readonly segment: ValueSegment;
		readonly guests: number;
		readonly value: number;
	}[];
	/** Of ten equal groups by predicted value in the backtest. */
	readonly deciles: { readonly predicted: Float64Array; readonly actual: Float64Array };
	/** What each candidate reached in the backtest; the first is used. */
	readonly candidates: readonly {
		readonly learner: string;
		readonly decileWape: number;
		readonly totalError: number;
	}[];
	/** Guests in all; `guests` holds the most valuable and the most at risk, at most 500. */
	readonly count: number;
}

export type ValueSegment = 'High value' | 'Loyal' | 'New' | 'Fading' | 'Gone';

export interface LifetimeGuest {
	readonly guest: number;
	readonly key: string;
	readonly value: Estimate;
	readonly segment: ValueSegment;
	/** Chance that the guest never comes back. */
	readonly churn: number;
	readonly churnRisk: 'Low' | 'Medium' | 'High';
	readonly bookings: number;
	readonly spend: number;
	readonly lastStay: number;
	readonly factors: readonly Share[];
	readonly actions: readonly GuestAction[];
}

export type GuestAction =
	| 'offer-return'
	| 'thank'
	| 'invite-direct'
	| 'ask-what-went-wrong'
	| 'leave-alone'
	| 'send-suggestions';

// Overview

export interface Overview {
	/** The newest whole month, and the one that stands. */
	readonly month: { readonly from: number; readonly to: number };
	readonly tiles: readonly Tile[];
	readonly homes: readonly HomeRow[];
	readonly currency: string;
	readonly sample: boolean;
	readonly asOf: number;
	readonly properties: number;
	readonly bookings: number;
}

export interface Tile {
	readonly name: 'occupancy' | 'adr' | 'revpar' | 'revenue' | 'bookings';
	readonly now: Estimate;
	/** Of the same months a year before; NaN where there is none. */
	readonly before: number;
	/** Larger than its noise (bootstrap by week). */
	readonly moreThanNoise: boolean;
	/** Months, oldest first. */
	readonly trend: Float64Array;
}

export interface HomeRow {
	readonly property: number;
	readonly title: string;
	/** The next 30 nights: share of units let. */
	readonly nights: Float64Array;
	readonly occupancy: number;
	readonly adr: number;
	readonly revenue: number;
	readonly stands:
		'empty-midweek' | 'empty-weekend' | 'full-weekends' | 'full' | 'as-expected' | 'quiet';
	readonly empty: number;
}
