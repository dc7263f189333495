declare const __BUILD__: string | undefined;

/** The version of the app that trained a model; `source` where it runs unbuilt. */
export const BUILD = typeof __BUILD__ === 'string' ? __BUILD__ : 'source';
