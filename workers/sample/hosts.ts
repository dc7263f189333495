import { type Random, shuffle } from '$workers/math/random';

const MOST_HOMES = 30;
/** Exponent of the power law of homes per host: most have one, a few have many. */
const STEEPNESS = 1.2;

/** The host of each of `homes` homes, numbered from 0 in order of first appearance; 1 to 30 homes each. */
export function drawHosts(homes: number, random: Random): Uint32Array<ArrayBuffer> {
	const hosts = new Uint32Array(homes);
	let host = 0;
	for (let home = 0; home < homes; host++) {
		const size = Math.min(MOST_HOMES, Math.floor(Math.pow(1 - random.next(), -1 / STEEPNESS)));
		const end = Math.min(homes, home + size);
		hosts.fill(host, home, end);
		home = end;
	}
	return renumber(shuffle(hosts, random), host);
}

function renumber(hosts: Uint32Array<ArrayBuffer>, count: number): Uint32Array<ArrayBuffer> {
	const numbers = new Uint32Array(count);
	let seen = 0;
	return hosts.map((host) => {
		if (!numbers[host]) numbers[host] = ++seen;
		return (numbers[host] as number) - 1;
	});
}
