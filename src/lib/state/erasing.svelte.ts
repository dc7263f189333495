export { clearOrigin, type Leftovers } from '$lib/client/clear-origin';
