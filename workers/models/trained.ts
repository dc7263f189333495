import type { Missing, ModelCard } from '$lib/contracts/insight';

/** What a model knows of its own card; the registry adds name, version, stage and time. */
export type CardBody = Pick<
	ModelCard,
	| 'model'
	| 'learner'
	| 'settings'
	| 'features'
	| 'backtest'
	| 'importance'
	| 'suspects'
	| 'rows'
	| 'from'
	| 'to'
>;

/** What training yields: an answer to show, its card, and the fitted model; or what is missing. */
export type Trained<Answer> =
	| {
			readonly ready: true;
			readonly answer: Answer;
			readonly card: CardBody;
			readonly buffer: ArrayBuffer;
	  }
	| { readonly ready: false; readonly missing: Missing };
