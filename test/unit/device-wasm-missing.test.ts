import { describe, expect, it } from 'vitest';
import { openNodeDevice, wasmFiles } from '../support/node-device';

/** In a file of its own: TensorFlow.js starts WASM once in a realm. */
describe('openDevice without the WASM file', () => {
	it('computes on the processor, says so, and takes WASM when it is there again', async () => {
		const missing = { plain: '/missing/plain.wasm', simd: '/missing/simd.wasm' };
		const { report } = await openNodeDevice({ wasmUrls: missing });
		expect(report.chosen).toBe('cpu');
		expect(report.trials.find(({ backend }) => backend === 'wasm')?.verdict).toBe('failed');

		const later = await openNodeDevice({ wasmUrls: wasmFiles, prefer: 'wasm' });
		expect(later.report.chosen).toBe('wasm');
	});
});
