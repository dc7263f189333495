import { PAGE, vectors } from '../vector';

/** Taking the person elsewhere, with what is known in the address. */
export const navigation = [
	...vectors(23, 'navigation', PAGE, {
		'form-get': [
			'<form method=GET>',
			({ url }, { add }) => (add('form', { action: url }) as HTMLFormElement).submit(),
		],
		'form-post': [
			'<form method=POST>',
			({ url }, { add }) =>
				(add('form', { action: url, method: 'POST' }) as HTMLFormElement).submit(),
		],
		'form-blank': [
			'<form target=_blank>',
			({ url }, { add }) =>
				(add('form', { action: url, target: '_blank' }) as HTMLFormElement).submit(),
		],
		'form-button': [
			'<button formaction>',
			({ url }, { add }) => {
				const form = add('form', { action: '/' });
				add('button', { formaction: url }, form).click();
			},
		],
	}),
	...vectors(24, 'navigation', PAGE, {
		'location-href': ['location.href', ({ url }) => (location.href = url)],
		'location-assign': ['location.assign', ({ url }) => location.assign(url)],
		'location-replace': ['location.replace', ({ url }) => location.replace(url)],
	}),
	...vectors(25, 'navigation', PAGE, {
		'navigation-api': [
			'navigation.navigate',
			({ url }) => {
				const page = globalThis as unknown as { navigation: { navigate(url: string): unknown } };
				page.navigation.navigate(url);
			},
		],
		'meta-refresh': [
			'<meta http-equiv=refresh>',
			({ url }, { add }) =>
				add('meta', { 'http-equiv': 'refresh', content: `0; url=${url}` }, document.head),
		],
	}),
	...vectors(26, 'navigation', PAGE, {
		'link-click': ['a click on a link', ({ url }, { add }) => add('a', { href: url }).click()],
		'link-blank': [
			'a click on a link to a new window',
			({ url }, { add }) => add('a', { href: url, target: '_blank', rel: 'noopener' }).click(),
		],
		'link-download': [
			'a click on a download',
			({ url }, { add }) => add('a', { href: url, download: 'x' }).click(),
		],
		'link-area': [
			'a click on an <area>',
			({ url }, { add }) => add('area', { href: url }, add('map', { name: 'audit' })).click(),
		],
		'link-svg': [
			'a click on a link in a drawing',
			({ url }, { add }) => {
				const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
				const link = document.createElementNS('http://www.w3.org/2000/svg', 'a');
				link.setAttribute('href', url);
				svg.append(link);
				add('div').append(svg);
				link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
			},
		],
	}),
	...vectors(27, 'navigation', PAGE, {
		'window-open': ['window.open', ({ url }) => void open(url)],
		'window-noopener': [
			'window.open, without a way back',
			({ url }) => void open(url, '_blank', 'noopener'),
		],
		'window-blank': [
			'an empty window, then its location',
			({ url }) => {
				const opened = open('about:blank');
				if (opened) opened.location.href = url;
			},
		],
		'window-blank-image': [
			'an empty window, a picture in it',
			({ url }) => {
				const image = open('about:blank')?.document.createElement('img');
				if (image) image.src = url;
			},
		],
	}),
	...vectors(28, 'navigation', PAGE, {
		'window-own-file': [
			"a window with a file of the app's own host, and a picture in it",
			({ url, own }) => {
				const opened = open(`${own}/icon.svg`);
				for (const wait of [300, 900, 1500])
					setTimeout(() => {
						const image = opened?.document.createElementNS('http://www.w3.org/1999/xhtml', 'img');
						image?.setAttribute('src', url);
						if (image) opened?.document.documentElement.append(image);
					}, wait);
			},
		],
		'window-own-404': [
			"a window with what the app's own host does not have, and a fetch in it",
			({ url, own }) => {
				const opened = open(`${own}/_app/version.json`);
				for (const wait of [300, 900, 1500])
					setTimeout(() => void opened?.fetch(url, { mode: 'no-cors' }), wait);
			},
		],
	}),
];
