/** Chances with their reasons: that a booking falls through, and that a visit becomes a booking. */
export { bookingMatrix, trainCancellation } from './cancellation';
export type { ChanceOptions } from './chance-task';
export { trainConversion, visitMatrix } from './conversion';
export { usualTestDays } from './train-chance';
export { type Visits, visitsOf } from './visits';
export { type ChanceOfVisit, ConversionScorer, type WhatIf } from './what-if';
