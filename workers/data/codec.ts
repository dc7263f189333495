/**
 * Every stored value passes here on its way in and out. Plain today; an encrypting codec takes its
 * place without touching a caller. Sealing happens before a transaction is opened: IndexedDB closes
 * one that waits for anything else.
 */
export interface Codec {
	/** `place` names where the value stands (table and key), so that a sealed value can't be moved. */
	seal(value: ArrayBuffer, place: string): Promise<ArrayBuffer>;
	open(sealed: ArrayBuffer, place: string): Promise<ArrayBuffer>;
}

export const plainCodec: Codec = {
	seal: (value) => Promise.resolve(value),
	open: (sealed) => Promise.resolve(sealed),
};

export const toBytes = (value: unknown): ArrayBuffer =>
	new TextEncoder().encode(JSON.stringify(value)).buffer;

export const fromBytes = (bytes: ArrayBuffer): unknown =>
	JSON.parse(new TextDecoder().decode(bytes));
