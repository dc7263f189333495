export { type AnomalyKind, type PlantedAnomaly } from './anomalies';
export { type SampleBooksOptions, sampleBooks } from './books';
export { type SampleBookings, type SampleBookingsOptions, sampleBookings } from './bookings';
export { type SampleTownOptions, sampleTown } from './homes';
export { nightlyPrice } from './prices';
export { AS_OF, PLACE, SAMPLE_SEED } from './town';
