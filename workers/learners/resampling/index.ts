export {
	type ResamplingMethod,
	type ResamplingOptions,
	resample,
	resampled,
	resampledFrom,
} from './resampled';
