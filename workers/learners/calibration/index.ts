export { type CalibrationOptions, calibrated, calibratedFrom } from './calibrated';
export {
	type CalibrationMap,
	type CalibrationMethod,
	applyCalibration,
	fitCalibration,
	fitSigmoid,
} from './calibration-map';
export {
	type IsotonicMap,
	type ScorePoints,
	applyIsotonic,
	fitIsotonic,
	pointsOf,
	poolAdjacent,
} from './isotonic';
export { fitLogisticLine, sigmoid } from './logistic-line';
