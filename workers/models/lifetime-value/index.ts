export {
	type AveragedBuyers,
	RECIPES,
	averageBuyers,
	forecastAverage,
	simulateAverage,
} from './average';
export { type BuyerForecast, type BuyerRecipe, fitBuyers, forecastBuyers, nameOf } from './buyers';
export { type PurchaseLog, outcomesBetween, purchaseLog, statesOn } from './purchase-log';
export { type LifetimeModel, guestsOn, valuesOf } from './model';
export { lifetimeFromBuffer } from './model-buffer';
export { type LifetimeOptions, trainLifetimeValue } from './train';
