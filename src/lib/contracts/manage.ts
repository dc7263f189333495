import type { BringReport, FileLook, Mapping } from './bring';
import type { JobHandle, Reply } from './door';
import type {
	ChanceAnswer,
	DemandAnswer,
	Estimate,
	Insight,
	InsightModel,
	LifetimeAnswer,
	Overview,
	PriceAnswer,
	PriceCurve,
	PricedDay,
	PriceRules,
	RevenueAnswer,
	Share,
} from './insight';
import type { JobRecord, RunRecord } from './registry';

/** What a manager's device holds, said in counts. */
export interface BooksSummary {
	readonly properties: number;
	readonly bookings: number;
	/** 0 where bookings name no guest. */
	readonly guests: number;
	readonly engagement: number;
	readonly daily: number;
	/** First and last day of arrivals. */
	readonly from: number;
	readonly to: number;
	readonly asOf: number;
	readonly currency: string;
	readonly sample: boolean;
	readonly importedAt: number;
	/** Changes with every change of the books; a model remembers the one it was trained on. */
	readonly version: string;
	/** The file ends with its last arrival: nothing is known of what is booked for later. */
	readonly cutAtLastArrival: boolean;
}

export interface AnswerOf {
	readonly revenue: RevenueAnswer;
	readonly demand: DemandAnswer;
	readonly conversion: ChanceAnswer;
	readonly cancellation: ChanceAnswer;
	readonly price: PriceAnswer;
	readonly 'lifetime-value': LifetimeAnswer;
}

/** A feature as the feature store page shows it. */
export interface FeatureView {
	readonly name: string;
	readonly table: 'property_features' | 'user_features' | 'engagement_features';
	readonly description: string;
	readonly sources: readonly string[];
	readonly timestamp: string;
	readonly freshness: 'daily' | 'hourly';
	readonly version: string;
	readonly rows: number;
	readonly missing: number;
	/** Counts in equal bins from `from` to `to` for numbers, of the most usual names for categories. */
	readonly bins: {
		readonly from: number;
		readonly to: number;
		readonly counts: readonly number[];
		readonly names: readonly string[];
	};
	/** Models that take it. */
	readonly usedBy: readonly InsightModel[];
}

/** A feature table that was computed elsewhere and came as a file. */
export interface ImportedFeatures {
	readonly name: string;
	readonly rows: number;
	readonly columns: readonly string[];
}

export interface FeatureStore {
	/** The day that the features are of, and when they were computed (UTC milliseconds). */
	readonly asOf: number;
	readonly computedAt: number;
	readonly features: readonly FeatureView[];
	readonly imported: readonly ImportedFeatures[];
}

/** A manager's own figures beside the models': one record each. */
export interface ManagerChoices {
	/** Property key to its rules. */
	readonly priceRules: Readonly<Record<string, PriceRules>>;
	/** Accepted prices: property key, then civil day, to the price. */
	readonly prices: Readonly<Record<string, Readonly<Record<string, number>>>>;
	/** Month (`2026-05`) to money. */
	readonly budget: Readonly<Record<string, number>>;
}

type Method<Arguments extends unknown[], Value> = (...args: Arguments) => Promise<Reply<Value>>;

/** The manager's half of the store. */
export interface ManagerApi {
	books: Method<[], BooksSummary | null>;
	lookAtFile: Method<[File], FileLook>;
	/** Long. Reads the rows and holds them until they are kept or dropped. */
	readBooksFile: Method<[JobHandle, File, Mapping], BringReport>;
	/** Puts the rows that were read into the books, in one transaction. */
	keepRead: Method<[token: string], BooksSummary>;
	dropRead: Method<[token: string], void>;
	/** Rows that were refused, with the reason, as a CSV file for the person. */
	refusedRows: Method<[token: string], Blob>;
	openSampleBooks: Method<[JobHandle], BooksSummary>;
	overview: Method<[span: 'month' | 'quarter'], Overview>;
	featureStore: Method<[], FeatureStore>;
	/** A feature table as Parquet; the page shows it before it is saved. */
	exportFeatures: Method<[table: FeatureView['table']], Blob>;
	runs: Method<[], readonly RunRecord[]>;
	/** Refused where a hard gate is not passed. */
	promote: Method<[run: string], RunRecord>;
	/** The version before takes the place of the one in production. */
	rollBack: Method<[InsightModel], RunRecord>;
	/** For good: the record, the model and its answer. */
	deleteRun: Method<[run: string], void>;
	jobs: Method<[], readonly JobRecord[]>;
	choices: Method<[], ManagerChoices>;
	changeChoices: Method<[Partial<ManagerChoices>], ManagerChoices>;
}

/** A model's answer: that of the version in production, or else of the newest in staging. */
export interface InsightApi {
	insight: <Model extends InsightModel>(model: Model) => Promise<Reply<Insight<AnswerOf[Model]>>>;
	/** What demand and revenue do over the price grid, for one property and day. */
	priceCurve: Method<[property: number, day: number, rules: PriceRules], PriceCurve>;
	/** The chance of a guest (row of the guest table; -1: somebody new) who opens a listing now. */
	conversionOf: Method<
		[property: number, guest: number],
		{
			readonly chance: Estimate;
			readonly factors: readonly Share[];
			readonly impacts: readonly Share[];
		}
	>;
	/** The days to come of a property under its owner's rules; `null`: the usual ones, handed back. */
	pricedDays: Method<
		[property: number, rules: PriceRules | null],
		{ readonly days: readonly PricedDay[]; readonly rules: PriceRules }
	>;
}

export interface InsightTraining {
	/** Long. Trains one model on the books as they are and registers the run. */
	trainInsight: Method<[JobHandle, InsightModel, { readonly seed?: number }], RunRecord | null>;
	/** Long. What is due, one after the other; goes on where a kill interrupted it. */
	refreshInsights: Method<[JobHandle, { readonly all?: boolean }], readonly RunRecord[]>;
}
