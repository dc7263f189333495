export { type SvmSettings, dualDescent } from './dual-descent';
export { type LinearSvmOptions, linearSvm, linearSvmFrom } from './linear-svm';
