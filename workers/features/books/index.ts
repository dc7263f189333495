/** What the books knew on a day: bookings made and cancelled up to it, and how books usually fill. */
export { type Curves, curvesOn } from './curves';
export {
	type Ledger,
	type LedgerOptions,
	NEVER,
	type Outcomes,
	ledgerOf,
	outcomesOf,
} from './ledger';
export {
	type DayRows,
	type FeatureGroup,
	type Known,
	ROW_FEATURES,
	type RowFeature,
	YEAR,
	outcomeAt,
	rowsOn,
} from './rows';
export { type Snapshot, snapshotOn } from './snapshot';
