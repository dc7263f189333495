import { PAGE, vectors } from '../vector';

/** Pictures, sound and video. */
export const media = [
	...vectors(9, 'request', PAGE, {
		'image-object': ['new Image()', ({ url }) => (new Image().src = url)],
		'image-element': ['<img src>', ({ url }, { add }) => add('img', { src: url })],
		'image-srcset': ['<img srcset>', ({ url }, { add }) => add('img', { srcset: `${url} 1x` })],
		'image-cors': [
			'<img crossorigin>',
			({ url }, { add }) => add('img', { crossorigin: 'anonymous', src: url }),
		],
		'picture-source': [
			'<picture><source srcset>',
			({ url }, { add }) => {
				const picture = add('picture');
				add('source', { srcset: url }, picture);
				add('img', {}, picture);
			},
		],
		'image-input': [
			'<input type=image>',
			({ url }, { add }) => add('input', { type: 'image', src: url }),
		],
		'video-poster': ['<video poster>', ({ url }, { add }) => add('video', { poster: url })],
		'body-background': [
			'<body background>',
			({ url }, { add }) => {
				const frame = add('iframe') as HTMLIFrameElement;
				frame.contentDocument?.body.setAttribute('background', url);
			},
		],
		'table-background': [
			'<table background>',
			({ url }, { add }) => add('table', { background: url }).append('x'),
		],
		'image-html': [
			'an <img> in innerHTML',
			({ url }) => (document.createElement('div').innerHTML = `<img src="${url}">`),
		],
		'image-unsafe-html': [
			'an <img> in setHTMLUnsafe',
			({ url }) => document.createElement('div').setHTMLUnsafe(`<img src="${url}">`),
		],
		'image-fragment': [
			'an <img> made by Range.createContextualFragment',
			({ url }) =>
				document.body.append(document.createRange().createContextualFragment(`<img src="${url}">`)),
		],
		'image-adopted': [
			'an <img> of another document, adopted',
			({ url }) => {
				const other = document.implementation.createHTMLDocument();
				const image = other.createElement('img');
				image.src = url;
				document.body.append(document.adoptNode(image));
			},
		],
		'media-session': [
			'artwork of the media session',
			({ url }) => {
				navigator.mediaSession.metadata = new MediaMetadata({ artwork: [{ src: url }] });
				navigator.mediaSession.playbackState = 'playing';
			},
		],
	}),
	...vectors(12, 'request', PAGE, {
		'svg-image': [
			'<svg><image href>',
			({ url }, { add }) => {
				const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
				const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
				image.setAttribute('href', url);
				svg.append(image);
				add('div').append(svg);
			},
		],
		'svg-use': [
			'<svg><use href>',
			({ url }, { add }) => {
				const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
				const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
				use.setAttribute('href', `${url}#x`);
				svg.append(use);
				add('div').append(svg);
			},
		],
		'svg-filter': [
			'<svg><feImage href>, a filter',
			({ url }, { add }) => {
				const space = 'http://www.w3.org/2000/svg';
				const svg = document.createElementNS(space, 'svg');
				const filter = document.createElementNS(space, 'filter');
				filter.id = 'audit-filter';
				const image = document.createElementNS(space, 'feImage');
				image.setAttribute('href', url);
				filter.append(image);
				const rectangle = document.createElementNS(space, 'rect');
				rectangle.setAttribute('width', '9');
				rectangle.setAttribute('height', '9');
				rectangle.setAttribute('filter', 'url(#audit-filter)');
				svg.append(filter, rectangle);
				add('div').append(svg);
			},
		],
	}),
	...vectors(13, 'request', PAGE, {
		audio: [
			'<audio src>',
			({ url }, { add }) => (add('audio', { src: url }) as HTMLAudioElement).load(),
		],
		video: [
			'<video src>',
			({ url }, { add }) => (add('video', { src: url }) as HTMLVideoElement).load(),
		],
		'video-source': [
			'<video><source src>',
			({ url }, { add }) => add('source', { src: url }, add('video', { preload: 'auto' })),
		],
		track: [
			'<track src>',
			({ url }, { add }) => {
				const video = add('video', { crossorigin: 'anonymous', src: 'data:video/mp4,' });
				const track = add('track', { src: url, default: '' }, video) as HTMLTrackElement;
				track.track.mode = 'showing';
			},
		],
	}),
];
