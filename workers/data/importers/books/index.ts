export { booksOf } from './books-of';
export { lookAtFile, signatureOf } from './look';
export {
	type BooksReport,
	type ReadBookingColumns,
	type ReadBooks,
	type ReadOptions,
	readBooksFile,
} from './read-books';
export { knownMapping } from './sources';
