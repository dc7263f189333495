import { firstOf, silent, type Sign, type TriedWay } from '../way';
import { stage } from './stage';

const medium = (
	id: string,
	name: string,
	row: number,
	ending: string,
	attempt: (address: string) => Promise<Sign> | Sign,
): TriedWay => ({
	id,
	name,
	group: 'media',
	rows: [row],
	place: 'page',
	ending,
	attempt: ({ address }) => attempt(address),
});

/** Shows an element that loads `address`, and waits for it. */
function loaded<Kind extends HTMLElement | SVGElement>(
	element: Kind,
	load: (element: Kind) => void,
	good = 'load',
): Promise<Sign> {
	const sign = firstOf(element, good, 'error');
	load(element);
	stage.show(element);
	return sign;
}

const make = <Name extends keyof HTMLElementTagNameMap>(name: Name) => document.createElement(name);

export const media: readonly TriedWay[] = [
	medium('image', 'An image', 9, '.png', (address) =>
		loaded(make('img'), (image) => (image.src = address)),
	),
	medium('image-set', 'An image chosen by size', 9, '.png', (address) =>
		loaded(make('img'), (image) => (image.srcset = `${address} 1x`)),
	),
	medium('image-button', 'A button that is an image', 9, '.png', (address) =>
		loaded(make('input'), (input) => {
			input.type = 'image';
			input.src = address;
		}),
	),
	medium('poster', 'The poster of a video', 9, '.png', (address) => {
		stage.show(make('video')).poster = address;
		return silent;
	}),
	medium('svg-image', 'An image in a drawing', 12, '.png', (address) => {
		const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
		const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
		drawing.append(image);
		const sign = firstOf(image, 'load', 'error');
		image.setAttribute('href', address);
		stage.show(drawing);
		return sign;
	}),
	medium('css-image', 'A background', 10, '.png', (address) => {
		stage.show(make('div')).style.backgroundImage = `url(${address})`;
		return silent;
	}),
	medium('css-sheet', 'A background in a sheet made by code', 10, '.png', (address) => {
		const sheet = new CSSStyleSheet();
		const box = stage.show(make('div'));
		sheet.replaceSync(`:host { background-image: url(${address}) }`);
		box.attachShadow({ mode: 'closed' }).adoptedStyleSheets = [sheet];
		return silent;
	}),
	medium('stylesheet', 'A stylesheet', 15, '.css', (address) => {
		const link = make('link');
		const sign = firstOf(link, 'load', 'error');
		link.rel = 'stylesheet';
		link.href = address;
		stage.inHead(link);
		return sign;
	}),
	medium('font', 'A font', 11, '.woff2', (address) =>
		new FontFace('self-test', `url(${address})`).load().then(() => silent),
	),
	medium('audio', 'A sound', 13, '.mp3', (address) =>
		loaded(make('audio'), (audio) => (audio.src = address), 'loadeddata'),
	),
	medium('video', 'A video', 13, '.mp4', (address) =>
		loaded(make('video'), (video) => (video.src = address), 'loadeddata'),
	),
	medium('icon', 'The icon of the page', 19, '.ico', (address) => {
		const link = make('link');
		link.rel = 'apple-touch-icon';
		link.href = address;
		stage.inHead(link);
		return silent;
	}),
];
