/** A GPU as the browser offers it. An adapter gives one device only: after a loss, ask for a new one. */
export interface Adapter {
	/** What the browser says of it; may be empty. */
	readonly name: string;
	/** Computed by the processor: slower than WASM, so it is not raced unless somebody asks for it. */
	readonly software: boolean;
	readonly info: GPUAdapterInfo;
	open(): Promise<GPUDevice>;
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software|\bwarp\b/i;

/** The best adapter, or `null` where there is no WebGPU. */
export async function requestAdapter(): Promise<Adapter | null> {
	const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
	const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
	if (!adapter) return null;
	const { info } = adapter;
	const name = [info.vendor, info.architecture, info.device, info.description]
		.filter(Boolean)
		.join(' ');
	return {
		name,
		software: info.isFallbackAdapter || SOFTWARE.test(name),
		info,
		open: () => adapter.requestDevice({ requiredLimits: limitsOf(adapter) }),
	};
}

/** Devices get WebGPU's small default limits unless these, which TensorFlow.js needs, are asked for. */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
	return {
		maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
		maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
		maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
		maxBufferSize: limits.maxBufferSize,
		maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
		maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
	};
}
