export { type RevenueFigures, TOTALS } from './figures';
export { type RevenueOptions, trainRevenue } from './train';
