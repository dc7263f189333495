import type { Release, ReleaseGrouping } from '$lib/contracts';
import { csvFile } from './csv';

const COLUMNS: Readonly<Record<ReleaseGrouping, readonly string[]>> = {
	month: ['month'],
	'month-and-kind': ['month', 'kind'],
	country: ['country'],
	'lead-time': ['booked_ahead'],
};

/** A release as a table; what it was made under stands in every row, as rows travel alone. */
export function figuresAsCsv(release: Release): Blob {
	const { cells, delta, epsilon, figure, grouping, minimumPeople, minimumProperties } = release;
	return csvFile(
		[
			...COLUMNS[grouping],
			figure,
			'noise_within_90_of_100',
			'people_at_least',
			'homes_at_least',
			'noise_epsilon',
			'noise_delta',
		],
		cells.map(({ name, value, within }) => [
			...name,
			value,
			within,
			minimumPeople,
			minimumProperties,
			epsilon,
			delta,
		]),
	);
}

/** A release with all that is to be known of it. */
export function figuresAsJson(release: Release): Blob {
	const { releasedAt, ...rest } = release;
	const file = {
		format: 'doorstep-figures',
		version: 1,
		...rest,
		releasedAt: new Date(releasedAt).toISOString(),
	};
	return new Blob([JSON.stringify(file, null, '\t')], { type: 'application/json' });
}
