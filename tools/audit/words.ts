/** What stands in every report, whatever was found. */

export const FOLLOWS = [
	'The app as built here, with its headers, in the browser named below: code in a page, a worker or the service worker that tries to send data to another address is stopped by the browser itself.',
	'A person who walks through the app as the journeys do causes requests for the app’s own files and for nothing else.',
	'What such a person types and does (a name, a search, a saved home, which of two rankings they took from) stays on the device: it was kept there, and met in no request and in no file for others.',
	'A host that offers a catalogue and a pack could not tell two persons apart by what they asked for: one who did a lot and one who did nothing.',
	'The built files are those of integrity.json. Compare its SHA-256 with the published one to know that they are the published ones.',
] as const;

export const DOES_NOT_FOLLOW = [
	'Nothing about ways out that nobody has thought of, or about other versions of the browser. Repeat the audit when either changes.',
	'Nothing about browsers without Connection-Allowlist (Safari, Firefox, older Chrome): see levels B and C for what is open there.',
	'Nothing about what a person exports, saves, prints or shows to others.',
	'Nothing about browser extensions, malware, a synchronised profile, keyboards or the browser’s own telemetry: use a managed device for these.',
	'Nothing about a host that serves a changed app, to everybody or to one person: compare the hashes.',
	'Nothing about a host that means to know a browser again: it sees the IP address and the time, and could hand each visitor files with a mark of their own (an ETag), which browsers hand back when they ask again. It learns by that who comes back, and nothing that was done.',
	'Nothing about words that are encrypted or mixed up before they leave: they are found only as a request that is not of the fixed list, or as a difference between the two persons.',
	'Nothing about what can be read on an unlocked device.',
] as const;

export const LIMITS = [
	'Your activity stays on this device. The app has no server. While a page is open in Chrome or Edge 152 or later, served with our headers, the browser itself refuses connections from the app to any address but the one it was installed from; on every release our tests try more than 90 ways of sending data that do work without these rules, and none gets out. That address receives requests for the app’s own files, so its host sees your IP address, the time and which version you have; the published code puts nothing you did in the app into those requests.',
	'In browsers without this feature (Safari, Firefox, older Chrome) the app blocks ordinary requests, but a tampered copy of the app could still leak data by opening another page; there you rely on the published, reproducible code. Data leaves only when you press Export, Save or Share, and you see what leaves first.',
	'Anyone with the unlocked tablet, a malicious browser extension, or malware can read the data. We cannot protect you from a changed app served by the host: compare the build hash shown in the app with the published one.',
] as const;
