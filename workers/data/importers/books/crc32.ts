const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let rest = byte;
	for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
	return rest;
});

/** The checksum of zip and Parquet (ISO 3309, reflected polynomial 0xEDB88320), as bytes come. */
export class Crc32 {
	#rest = 0xffffffff;

	add(bytes: Uint8Array): void {
		let rest = this.#rest;
		for (let i = 0; i < bytes.length; i++)
			rest = (TABLE[(rest ^ (bytes[i] as number)) & 0xff] as number) ^ (rest >>> 8);
		this.#rest = rest;
	}

	get value(): number {
		return ~this.#rest >>> 0;
	}
}
