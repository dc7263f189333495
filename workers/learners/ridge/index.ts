export { type RidgeOptions, ridge, ridgeFrom } from './ridge';
