export { importListings, type Imported, type ListingsOptions } from './listings';
export { listingKey } from './read-listing';
export type { ImportRun, SourceFile } from './import-run';
