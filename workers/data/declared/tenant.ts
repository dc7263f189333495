import type { SavedSearchRecord, Seeker, TasteEdit } from '$lib/contracts';
import type { HomeColumns } from '$workers/table/homes';
import type { INTERACTION } from '../acts';
import { declare, SEQUENCE } from './declare';

/** What is stored of the homes to look at, and of what a person does with them. */
export const TENANT_FIELDS = {
	dim_property: declare<keyof HomeColumns | 'property'>({
		property: ['internal', 'Number of the home in this browser.'],
		key: ['public', 'Where it was listed and its number there.'],
		title: ['public', 'Title of the listing.'],
		neighbourhood: ['public', 'Part of the town.'],
		property_type: ['public', 'House, flat, cabin ...'],
		room_type: ['public', 'The whole home, a room, a shared room.'],
		host: ['internal', 'Number of the host in this catalogue: tells same from other, no more.'],
		guests: ['public', 'How many it sleeps.'],
		bedrooms: ['public', 'Bedrooms; 0 is a studio.'],
		beds: ['public', 'Beds.'],
		bathrooms: ['public', 'Bathrooms.'],
		price: ['public', 'Price asked for the catalogue’s period.'],
		minimum_nights: ['public', 'Shortest stay.'],
		latitude: ['public', 'As coarse as the catalogue has it.'],
		longitude: ['public', 'As coarse as the catalogue has it.'],
		amenities: ['public', 'What the home offers.'],
		rating: ['public', 'Average rating.'],
		reviews: ['public', 'Number of reviews; their texts are not kept.'],
		listed_on: ['public', 'Day on which it was listed.'],
	}),
	dictionary: declare<'number' | 'text'>({
		number: ['internal', 'Number that stands for the text; never given twice.'],
		text: ['internal', 'Key of a home, or name of a way of ordering homes.'],
	}),
	interaction: declare<keyof (typeof INTERACTION)['columns'] | 'sequence'>({
		sequence: SEQUENCE,
		instant: ['personal', 'When you did it.'],
		offset: ['personal', 'Minutes between your clock and universal time.'],
		session: ['personal', 'Number of the visit; a pause of half an hour begins a new one.'],
		property: ['sensitive', 'The home it was about: what you look at says where you may live.'],
		kind: ['personal', 'Saw, opened, saved, dismissed, compared, enquired ...'],
		channel: ['personal', 'Where on the pages the home was shown.'],
		position: ['internal', 'At which place of the list it stood.'],
		ranker: ['internal', 'What had put the list in order.'],
		propensity: ['internal', 'How likely it was that the home would be shown.'],
		seconds: ['personal', 'How long you looked.'],
		reason: ['personal', 'Why you dismissed it, where you said so.'],
		note: ['personal', 'Number of the search that was open.'],
		consent: ['personal', 'Whether learning was on when it happened.'],
		seeker: ['personal', 'Whose search it was.'],
	}),
	interaction_note: declare<'number' | 'text'>({
		number: ['internal', 'Number under which acts refer to it.'],
		text: ['sensitive', 'The filters of a search, the words you typed included.'],
	}),
	taste_edit: declare<keyof TasteEdit>({
		key: ['personal', 'The feature that you corrected.'],
		weight: ['sensitive', 'What you said that it is worth to you.'],
		off: ['personal', 'That it is to be left out.'],
	}),
	seeker: declare<keyof Seeker>({
		id: ['internal', 'Number of the search; never given twice.'],
		name: ['sensitive', 'Whom you look for a home for, in your words.'],
		since: ['personal', 'When you began.'],
	}),
	saved_search: declare<keyof SavedSearchRecord>({
		id: ['internal', 'Number of the saved search, drawn at random.'],
		seeker: ['personal', 'Whose search it is.'],
		name: ['sensitive', 'What you call it.'],
		filter: ['sensitive', 'What it asks for, the words you typed included.'],
		savedAt: ['personal', 'When you saved it.'],
		lookedAt: ['personal', 'When you last looked at it.'],
		seen: [
			'internal',
			'Numbers of the homes that it had found then: what is not among them is new.',
		],
	}),
} as const;
