import { ActRepository } from './acts';
import { BooksRepository } from './books';
import { CatalogueRepository } from './catalogue';
import { ChoiceRepository } from './choices';
import type { ProfileDatabase } from './database';
import { LedgerRepository } from './ledger';
import { ModelRepository } from './models';
import type { Profiles } from './profiles';
import { RunRepository } from './runs';
import { SeekerRepository } from './seekers';
import { TasteEditRepository } from './taste-edits';

/** One profile's data, by what it is about. */
export interface Repositories {
	readonly database: ProfileDatabase;
	readonly profiles: Profiles;
	readonly catalogue: CatalogueRepository;
	readonly acts: ActRepository;
	readonly tasteEdits: TasteEditRepository;
	readonly seekers: SeekerRepository;
	readonly models: ModelRepository;
	readonly ledger: LedgerRepository;
	readonly books: BooksRepository;
	readonly runs: RunRepository;
	readonly choices: ChoiceRepository;
}

/** @param database of the profile, opened */
export function repositoriesOf(database: ProfileDatabase, profiles: Profiles): Repositories {
	return {
		database,
		profiles,
		catalogue: new CatalogueRepository(database),
		acts: new ActRepository(database),
		tasteEdits: new TasteEditRepository(database),
		seekers: new SeekerRepository(database),
		models: new ModelRepository(database),
		ledger: new LedgerRepository(database),
		books: new BooksRepository(database),
		runs: new RunRepository(database),
		choices: new ChoiceRepository(database),
	};
}
