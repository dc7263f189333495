// Every address is a shell that the browser fills: the host serves the same bytes to everyone.
export const prerender = true;
export const ssr = false;
export const trailingSlash = 'never';
