import type { Guide } from './guide';

/** On looking at homes and at what they ask. */
export const LOOKING: readonly Guide[] = [
	{
		name: 'a-viewing',
		title: 'Twenty minutes in somebody’s home',
		says: 'What to look at in a viewing, in the order that saves time.',
		tags: ['room-type:Entire home', 'room-type:Entire home/apt', 'property-type'],
		paragraphs: [
			'Begin with what can’t be changed: the way from the stop or the street, the stairs, the windows, the noise with them open and shut. Paint and lamps can wait.',
			'Then run the water, hot and cold, in kitchen and bath at once. Look under the sink, in the corners of outer walls and behind furniture that stands against them: dark edges and a smell of cellar mean damp. Open every window. Count the sockets where your desk and bed would stand.',
			'Ask three things of whoever lets it: what the heating cost last winter, who repairs what, and why the last people left. Ask the same of a neighbour if you meet one on the stairs.',
			'Take notes before you leave the street. After three viewings one kitchen is like another, and a line for each home keeps them apart.',
		],
	},
	{
		name: 'reading-a-price',
		title: 'How to read a price',
		says: 'The figure at the top is rarely what leaves your account.',
		tags: ['price', 'price:against-like-homes', 'amenity:Furnished'],
		paragraphs: [
			'Two homes at the same price may differ by a fifth once everything is counted. Ask what is in it: heating, water, electricity, internet, waste, the house’s own costs. Ask what comes once: deposit, cleaning, fees. Divide what comes once by the months or nights that you stay, and add it up.',
			'A price is high or low only beside homes of its kind. On each home’s page, “The price among its like” holds it against homes of the same kind, and says how many those are. Far below the others can be luck. It can also be a ground floor on a crossing, or a listing that is not real: never pay for a home that nobody has shown you.',
			'What counts is the sum that you can carry in a bad month, not in a good one. Set that as your limit in Browse before you fall for something above it.',
		],
	},
	{
		name: 'ground-floor-or-top',
		title: 'Ground floor or top',
		says: 'What each gives and takes: light, noise, heat, stairs.',
		tags: [
			'amenity:Lift',
			'amenity:Elevator',
			'amenity:Step-free access',
			'amenity:Roof terrace',
			'amenity:Garden',
		],
		paragraphs: [
			'The ground floor has no stairs, often a garden, and stays cool in summer. It has passers-by at eye level, less light in narrow streets and colder floors where the cellar below is not heated. Look at what stands before the windows in the evening: bins, bicycles, a bus stop.',
			'The top floor has light, a view and nobody overhead. It has the roof’s heat in July, the longest way with shopping, and, in old houses, the lowest pressure in the shower. Ask how the roof is insulated, and try the lift: when was it last out of order, and for how long?',
			'The middle is warm and quiet in a plain way: neighbours above and below do part of your heating. If sleep matters most to you, ask who lives overhead rather than how high you are.',
		],
	},
	{
		name: 'light-and-warmth',
		title: 'Light and warmth',
		says: 'Where the windows look, and what a winter costs.',
		tags: [
			'amenity:Heating',
			'amenity:Balcony',
			'amenity:Patio or balcony',
			'amenity:Fireplace',
			'amenity:Air conditioning',
		],
		paragraphs: [
			'Find out which way the rooms look: the compass in a phone is enough. North of the equator a southern window has sun most of the day, an eastern one at breakfast, a western one after work, and a northern one none, which is good for screens and for hot summers. South of the equator, north and south change places.',
			'A balcony is worth what the sun there is worth at the hour when you are at home. Go and see it at that hour.',
			'For warmth look at panes and frames. Two panes or three show as two or three reflections of a lighter or a lamp. Hold a hand along the frame: a draught in autumn is a bill in winter. Ask for last year’s heating costs as a sum for the year, not for the month you are shown. A fireplace is a pleasure and seldom a heating.',
		],
	},
	{
		name: 'quiet-at-night',
		title: 'Quiet at night',
		says: 'A street sounds different on Friday at eleven.',
		tags: [
			'amenity:Garden',
			'amenity:Backyard',
			'amenity:Hill view',
			'property-type:House',
			'property-type:Cabin',
		],
		paragraphs: [
			'Nobody shows a home at the hour when it is loudest. Go back alone, on a working day at seven in the morning and on a Friday after ten. Stand where the bedroom is and listen for five minutes: traffic lights, deliveries, taps in the wall, a bar that opens its door.',
			'Bedrooms on a yard are quieter than any street, unless the yard has a kitchen’s fan or a garage gate. In a house of flats ask where the lift’s machine, the bins and the bicycle store are, and what lies over and under the bed.',
			'Shut windows keep out most of it, so ask yourself whether you sleep with them open. Where you do, the side on which the bedroom lies matters more than the neighbourhood.',
		],
	},
];
