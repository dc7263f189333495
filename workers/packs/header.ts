import type { PackAudit, PackHeader, PackMetric, PackPrivacy } from '$lib/contracts';

const LONGEST_TEXT = 200;
const MOST_ENTRIES = 64;
const METRICS: readonly string[] = ['ndcg10', 'recall10', 'mrr'];
/** Ends of what JavaScript calls a date, in milliseconds. */
const LAST_INSTANT = 8.64e15;
const MOST = 2 ** 53 - 1;

/**
 * The header of a pack from its JSON: every field there, of its type, within its bounds; fields that
 * are not known are left out.
 *
 * @throws RangeError that names the field
 */
export function readHeader(text: string): PackHeader {
	const header = record(parsed(text), 'the header');
	if (header.format !== 1) throw new RangeError('its format is of another version of Doorstep');
	const provenance = record(header.provenance, 'provenance');
	const counts = record(header.counts, 'counts');
	return {
		format: 1,
		place: words(header.place, 'place'),
		version: whole(header.version, 'version', 1),
		madeAt: within(header.madeAt, 'madeAt', 0, LAST_INSTANT),
		kind: oneOf(header.kind, 'kind', ['item-weights', 'item-factors'] as const),
		engine: words(header.engine, 'engine'),
		privacy: header.privacy === null ? null : privacyOf(record(header.privacy, 'privacy')),
		counts: {
			guests: within(counts.guests, 'counts.guests', -MOST, MOST),
			stays: within(counts.stays, 'counts.stays', -MOST, MOST),
			homes: within(counts.homes, 'counts.homes', -MOST, MOST),
		},
		schema: schemaOf(record(header.schema, 'schema')),
		metrics: list(header.metrics, 'metrics').map(metricOf),
		audit: header.audit === null ? null : auditOf(record(header.audit, 'audit')),
		provenance: {
			source: words(provenance.source, 'provenance.source'),
			from: whole(provenance.from, 'provenance.from', -MOST),
			to: whole(provenance.to, 'provenance.to', -MOST),
			sample: truth(provenance.sample, 'provenance.sample'),
		},
	};
}

function privacyOf(privacy: Fields): PackPrivacy {
	return {
		epsilon: within(privacy.epsilon, 'privacy.epsilon', Number.MIN_VALUE, 1e6),
		unit: oneOf(privacy.unit, 'privacy.unit', ['guest'] as const),
		mechanism: oneOf(privacy.mechanism, 'privacy.mechanism', ['discrete-laplace'] as const),
		mostHomes: whole(privacy.mostHomes, 'privacy.mostHomes', 1),
	};
}

function metricOf(value: unknown): PackMetric {
	const metric = record(value, 'a metric');
	if (!METRICS.includes(metric.name as string)) throw wrong('metrics');
	return {
		name: metric.name as PackMetric['name'],
		pack: within(metric.pack, 'metrics.pack', 0, 1),
		popularity: within(metric.popularity, 'metrics.popularity', 0, 1),
		exact: metric.exact === null ? null : within(metric.exact, 'metrics.exact', 0, 1),
		guests: whole(metric.guests, 'metrics.guests', 0),
		standardError: within(metric.standardError, 'metrics.standardError', 0, 1),
	};
}

function auditOf(audit: Fields): PackAudit {
	return {
		auc: within(audit.auc, 'audit.auc', 0, 1),
		low: within(audit.low, 'audit.low', 0, 1),
		high: within(audit.high, 'audit.high', 0, 1),
		members: whole(audit.members, 'audit.members', 0),
		others: whole(audit.others, 'audit.others', 0),
		attack: words(audit.attack, 'audit.attack'),
	};
}

function schemaOf(schema: Fields): Readonly<Record<string, number>> {
	const entries = Object.entries(schema);
	if (entries.length > MOST_ENTRIES) throw wrong('schema');
	return Object.fromEntries(
		entries.map(([name, value]) => [words(name, 'schema'), within(value, 'schema', -MOST, MOST)]),
	);
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw wrong('the header');
	}
}

function record(value: unknown, name: string): Fields {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name);
	return value as Fields;
}

function list(value: unknown, name: string): readonly unknown[] {
	if (!Array.isArray(value) || value.length > MOST_ENTRIES) throw wrong(name);
	return value;
}

/** Short text that a page can show on one line. */
function words(value: unknown, name: string): string {
	if (typeof value !== 'string' || value.length > LONGEST_TEXT || /\p{Cc}|\p{Cf}/u.test(value))
		throw wrong(name);
	return value;
}

function truth(value: unknown, name: string): boolean {
	if (typeof value !== 'boolean') throw wrong(name);
	return value;
}

function within(value: unknown, name: string, from: number, to: number): number {
	if (typeof value !== 'number' || !(value >= from && value <= to)) throw wrong(name);
	return value;
}

function whole(value: unknown, name: string, from: number): number {
	if (!Number.isInteger(value)) throw wrong(name);
	return within(value, name, from, MOST);
}

function oneOf<const Value extends string>(
	value: unknown,
	name: string,
	values: readonly Value[],
): Value {
	const found = values.find((each) => each === value);
	if (found === undefined) throw wrong(name);
	return found;
}

const wrong = (name: string) =>
	new RangeError(`what it says of itself does not hold together (${name})`);
