/** Written by the build, from what `npm run release` was given. */
declare const __RELEASE_KEY__: string | undefined;

/**
 * The public half of the releaser's Ed25519 key (SPKI, base64), part of the app so that it can check
 * the signature of its own list of files. `null`: this build is not signed.
 */
export const RELEASE_KEY = (typeof __RELEASE_KEY__ === 'string' && __RELEASE_KEY__) || null;
