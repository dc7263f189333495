/** What the browser's own network log (NetLog) holds that a privacy team asks about. */
export interface NetworkLog {
	readonly lookups: readonly Lookup[];
	/** Requests that reached the browser's network code, refused or not. */
	readonly requests: readonly LoggedRequest[];
}

export interface Lookup {
	/** The name, without protocol and port. */
	readonly host: string;
	/** 0 where none was given. */
	readonly port: number;
	/** For which site the browser looked: an origin, or `null` for the browser's own purposes. */
	readonly site: string;
}

export interface LoggedRequest {
	readonly url: string;
	readonly method: string;
	/** Origin of the code that asked; `not an origin` for a person or the browser itself. */
	readonly initiator: string;
	readonly site: string;
}

interface Event {
	readonly type: number;
	readonly params?: {
		readonly host?: string;
		readonly network_anonymization_key?: string;
		readonly network_isolation_key?: string;
		readonly url?: string;
		readonly method?: string;
		readonly initiator?: string;
	};
}

interface File {
	readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
	readonly events: readonly Event[];
}

/** @param text  a file that Chromium's `--log-net-log` wrote */
export function parseNetworkLog(text: string): NetworkLog {
	const { constants, events } = JSON.parse(text) as File;
	const ofType = (name: string) => {
		const type = constants.logEventTypes[name];
		return events.filter((event) => event.type === type).map(({ params }) => params ?? {});
	};
	return {
		lookups: ofType('HOST_RESOLVER_MANAGER_REQUEST')
			.filter(({ host }) => host)
			.map(({ host = '', network_anonymization_key: site = '' }) => ({ ...hostPort(host), site })),
		requests: ofType('URL_REQUEST_START_JOB').map(
			({ url = '', method = '', initiator = '', network_isolation_key: site = '' }) => ({
				url,
				method,
				initiator,
				site,
			}),
		),
	};
}

/** Every name that was looked up, once each. */
export function namesIn(log: NetworkLog): string[] {
	return [...new Set(log.lookups.map(({ host }) => host))].sort();
}

function hostPort(text: string): { host: string; port: number } {
	const [, host = '', port = '0'] = /^(?:\w+:\/\/)?(.*?)(?::(\d+))?$/.exec(text) ?? [];
	return { host, port: Number(port) };
}
