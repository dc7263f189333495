/** What `integrity.json` says of one file of the build. */
export interface IntegrityFile {
	/** Hexadecimal. */
	readonly sha256: string;
	readonly bytes: number;
	/** The address under which a device keeps it for offline use. Absent: only hosts need it. */
	readonly keptAs?: string;
}

/** `integrity.json`: every file of a build but itself, its signature and the host's catalogue. */
export interface IntegrityList {
	readonly format: 'doorstep-integrity';
	readonly version: string;
	/** The service worker's name for this build. */
	readonly build: string;
	/** SHA-256 of the public key (SPKI) that the app carries; `null` in a build that is not signed. */
	readonly signedBy: string | null;
	/** By name in the build's folder. */
	readonly files: Readonly<Record<string, IntegrityFile>>;
}

/** The build that runs here, in its own words: compare the fingerprint with the published one. */
export interface ThisBuild extends Omit<IntegrityList, 'format' | 'files'> {
	/** SHA-256 of `integrity.json` as it is kept on this device, hexadecimal. */
	readonly fingerprint: string;
	readonly files: number;
	/** How many of them a device keeps. */
	readonly filesKept: number;
}

/**
 * - `valid`: made with the key whose public half is in the app.
 * - `wrong`: made with another key, or over another list.
 * - `missing`: the list says that it is signed, and no signature is kept.
 * - `unsigned`: neither the app nor the list names a key.
 * - `unknown`: this browser cannot check Ed25519 signatures.
 */
export type SignatureVerdict = 'valid' | 'wrong' | 'missing' | 'unsigned' | 'unknown';

/** Every file as it is kept on this device, held against the list. */
export interface BuildCheck {
	readonly checked: number;
	/** Names of files with other content than the list says. */
	readonly different: readonly string[];
	/** Names of files that a device keeps and this one does not. */
	readonly missing: readonly string[];
	readonly signature: SignatureVerdict;
}
