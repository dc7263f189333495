export type { PurchaseKind, PurchaseParameters } from './dropout';
export { FittedPurchases } from './fitted-purchases';
export { FittedSpend, type SpendForecast } from './fitted-spend';
export {
	type Histories,
	type HistoryQuery,
	type PurchaseForecast,
	takeHistories,
} from './histories';
export { purchaseModel } from './purchases';
export { gammaGamma } from './spend';
export type { SpendParameters, Spending } from './spending';
