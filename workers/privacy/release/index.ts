export { excludedGuests } from '../consent';
export { affords, budgetOf, MOST_A_RELEASE, spentOn, thousandthsOf } from './accountant';
export { MOST_NIGHTS } from './counted-stays';
export { previewOf } from './draw';
export { makeRelease } from './make-release';
export { MINIMUM_PEOPLE, MINIMUM_PROPERTIES } from './minimums';
export { isSound, yearsOf } from './request';
