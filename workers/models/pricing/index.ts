export { bestPrice, demandAt, type Market, priceCurve, priceGrid, usualRules } from './curve';
export { estimateLift, type LoggedNights } from './lift';
export { heldDays } from './hold-out';
export { decodeMarkets, marketAt, type Markets } from './markets';
export { priceEffect } from './price-effect';
export { trainPrice } from './train';
export { pricedDays } from './answer';
