export { booksOf } from './books-of';
export {
	type BooksReport,
	type ReadBookingColumns,
	type ReadBooks,
	type ReadOptions,
	readBooksFile,
} from './read-books';
export { knownMapping } from './sources';
