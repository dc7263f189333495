export type * from './door';
export type * from './faults';
export type * from './homes';
export type * from './learning';
export type * from './store';
export type * from './taste';
export type * from './acts';
