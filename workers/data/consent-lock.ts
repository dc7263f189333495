import type { ProfileDatabase } from './database';

/**
 * Waits until nobody else changes consent, takes runs out of use or registers one: a model that was
 * trained under a consent that has changed meanwhile is not registered. Must not be nested.
 */
export function underConsent<Value>(
	{ name }: ProfileDatabase,
	work: () => Promise<Value>,
): Promise<Value> {
	return navigator.locks.request(`${name}/consent`, work) as Promise<Value>;
}
