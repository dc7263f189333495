import type { Guide } from './guide';

/** On living in one: with whom, with what, for how long. */
export const LIVING: readonly Guide[] = [
	{
		name: 'with-a-dog',
		title: 'Looking with a dog',
		says: '“Pets allowed” is where the questions begin.',
		tags: [
			'amenity:Pets allowed',
			'amenity:Garden',
			'amenity:Backyard',
			'amenity:Private entrance',
		],
		paragraphs: [
			'Say it in the first message: kind, size, age, and what the dog does while you are out. Hosts who say yes after that mean it. Ask what “pets allowed” includes: one or two, a fee, a larger deposit, rooms that stay shut. Have the answer in writing.',
			'Then look with the dog’s feet. Stairs are hard on long backs and old hips, and smooth floors too. How far is it to the first green that is not a verge, and is there a gate that shuts? A door of your own spares both of you the lift.',
			'Neighbours hear a dog before they see it. An outer wall beside the basket is better than one that is shared. If a reference from your last landlord says that nobody complained, send it along.',
		],
	},
	{
		name: 'working-from-home',
		title: 'Working from home',
		says: 'A desk, a door, and a line that holds.',
		tags: ['amenity:Workspace', 'amenity:Dedicated workspace', 'amenity:Wifi', 'size:bedrooms-2'],
		paragraphs: [
			'A workspace in a listing may be a desk or the corner of a kitchen table. Ask for its width and where it stands. What you need is a place that can stay as you left it, a window at the side of the screen rather than behind it, and a door between you and everybody else.',
			'Ask for the line’s measured speed, down and up: calls need the second, and listings tell the first. In the viewing take your phone to the desk and make one. Thick walls that keep out the neighbours keep out the signal.',
			'Listen at the hours in which you would work. A school yard is silent on Saturday. If two of you work at home, a second small room is worth more than a large living room.',
		],
	},
	{
		name: 'bikes-and-cars',
		title: 'Bikes and parking',
		says: 'Where it stands at night decides how often you use it.',
		tags: [
			'amenity:Bicycle store',
			'amenity:Parking',
			'amenity:Free parking on premises',
			'amenity:Free street parking',
			'amenity:Storage room',
		],
		paragraphs: [
			'A bicycle that has to be carried up is used half as often. Look at the store itself, not at the word: is there room left, does the door lock, is there a rail to lock to, a step to heave over? Ask about a socket if yours has a battery, and whether charging indoors is allowed at all.',
			'With a car, ask which place is yours and whether it is in the price. “Free street parking” means that you and everybody else look for it: come by at eight in the evening and count the gaps. Measure a garage before you trust it with a new car.',
			'Without one, walk the way to the stop once with a watch. Minutes in listings are seldom those of somebody with a bag.',
		],
	},
	{
		name: 'with-children',
		title: 'With children',
		says: 'Doors, stairs, water, and the way to school.',
		tags: [
			'size:bedrooms-3',
			'amenity:Garden',
			'amenity:Bathtub',
			'amenity:Washer',
			'amenity:Crib',
			'amenity:High chair',
		],
		paragraphs: [
			'Walk the way to school or nursery before you look at the rooms. It is the one that you will walk four hundred times a year, mostly in a hurry.',
			'Inside, sit on the floor. From there you see the stairs without a gate, the sockets, the balcony’s rail and what could be climbed beside it, the oven’s door. Windows that open wide low down need a catch. None of this speaks against a home; it is a list of what to ask for.',
			'Two small bedrooms serve better than one large one, and a bath and a washer will run every day. Ask who lives below: somebody with children of their own hears running feet differently. A garden that is shared is the quickest way to know the neighbours.',
		],
	},
	{
		name: 'sharing-a-home',
		title: 'Sharing a home',
		says: 'A room is quickly seen. The people take an evening.',
		tags: [
			'room-type:Private room',
			'room-type:Shared room',
			'amenity:Kitchen',
			'amenity:Dishwasher',
		],
		paragraphs: [
			'The room is the smaller part of what you take on. Ask to come by for a meal, or an hour on an evening when everybody is in. How the kitchen looks then is how it looks.',
			'Talk about four things before money: guests who stay the night, quiet on working days, who cleans what and when, and how cold or warm everybody likes it. People who answer at once have talked about it before.',
			'Then ask what you sign, and with whom. A contract with the owner, one with the other tenants, or none in writing are three different things when somebody moves out. Get in writing what your share is, what is in it, where the deposit lies, and how long before leaving you have to say so.',
		],
	},
	{
		name: 'a-first-lease',
		title: 'A first lease',
		says: 'What to find in it before you sign.',
		tags: ['stay:from-90', 'stay:from-180', 'amenity:Furnished', 'price'],
		paragraphs: [
			'Rules for leases differ between countries, and often between cities. This is what to look for, not what the law is where you are: for that, ask a tenants’ association or an advice office near you. Many answer for little or nothing.',
			'Find in the text: who lets, with an address; which rooms, cellar and garden; the sum, the day it is due and what it includes; how and when it can rise; how long it runs and how either side ends it; how high the deposit is, where it is kept and when it comes back; who repairs what.',
			'What was promised and does not stand there was not promised. Ask for it to be added. On the first day walk through with a list and photos of every scratch, and have both sign it. It is the cheapest hour of the whole lease. Don’t sign in a hurry: who needs an answer tonight can have it tomorrow.',
		],
	},
	{
		name: 'long-stays',
		title: 'Staying for months',
		says: 'What changes when a stay is longer than a holiday.',
		tags: [
			'stay:from-30',
			'stay:from-90',
			'amenity:Washer',
			'amenity:Kitchen',
			'amenity:Storage room',
			'amenity:Long term stays allowed',
		],
		paragraphs: [
			'For a week a home has to please. For three months it has to work: a washer, a table that two can eat and write at, a kitchen with more than one good knife, somewhere for suitcases to vanish.',
			'Ask for a price by the month. Hosts save cleaning and empty nights and often pass a part of it on, if asked. Ask what is metered, and whether sheets are changed by somebody or by you.',
			'Beyond a certain length a stay may count as a tenancy, with other rules for notice, deposit and registering where you live. The length differs from country to country: look it up for yours before you agree. And book the first weeks so that you can leave after them. A street is known after a month, not after a viewing.',
		],
	},
	{
		name: 'wrenmouth',
		title: 'Wrenmouth, part by part',
		says: 'A made-up guide to the made-up town of the sample.',
		sample: true,
		tags: [
			'neighbourhood:Saltmarket',
			'neighbourhood:Tern Harbour',
			'neighbourhood:Millrace',
			'neighbourhood:Copperhill',
			'neighbourhood:Kestrel Park',
			'neighbourhood:Ferrygate',
			'neighbourhood:Orchard Bank',
			'neighbourhood:Gannet Sands',
			'neighbourhood:Stonebarrow',
		],
		paragraphs: [
			'None of this exists: Wrenmouth was invented with the sample town, so that there is something to try Doorstep with. A real catalogue brings no guide of ours.',
			'Saltmarket is the middle: market hall, bakeries, flats above shops, and the town’s noise. Tern Harbour, east of it, pays for its views. Millrace has lofts in old mills along the weir; Ferrygate, across the river, is cheaper, with a ferry and a night market.',
			'Kestrel Park and Copperhill lie to the north: the first flat and green, the second steep, with terraced houses and long steps. Orchard Bank has gardens and, at the edges, the quiet of allotments.',
			'Gannet Sands is dunes, cabins and wind. Stonebarrow is far out on the ridge, the least dear of all, and the last bus goes early.',
		],
	},
];
