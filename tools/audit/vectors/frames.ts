import { PAGE, vectors } from '../vector';

/** Pages and things inside the page. */
export const frames = [
	...vectors(20, 'request', PAGE, {
		iframe: ['<iframe src>', ({ url }, { add }) => add('iframe', { src: url })],
		'iframe-location': [
			'an empty <iframe>, then its location',
			({ url }, { add }) => {
				const frame = add('iframe') as HTMLIFrameElement;
				if (frame.contentWindow) frame.contentWindow.location.href = url;
			},
		],
		'iframe-unsafe-html': [
			'an <iframe> in setHTMLUnsafe',
			({ url }, { add }) => add('div').setHTMLUnsafe(`<iframe src="${url}"></iframe>`),
		],
		'iframe-open': [
			'window.open into an <iframe>',
			({ url, token }, { add }) => {
				add('iframe', { name: token });
				open(url, token);
			},
		],
		'iframe-sandbox': [
			'<iframe sandbox>',
			({ url }, { add }) => add('iframe', { sandbox: '', src: url }),
		],
		'iframe-credentialless': [
			'<iframe credentialless>',
			({ url }, { add }) => add('iframe', { credentialless: '', src: url }),
		],
	}),
	...vectors(21, 'request', PAGE, {
		'iframe-srcdoc': [
			'<iframe srcdoc> with a picture',
			({ url }, { add }) => add('iframe', { srcdoc: `<img src="${url}">` }),
		],
		'iframe-blob': [
			'<iframe> of a blob with a picture',
			({ url }, { add }) => {
				const page = new Blob([`<img src="${url}">`], { type: 'text/html' });
				add('iframe', { src: URL.createObjectURL(page) });
			},
		],
		'iframe-data': [
			'<iframe> of a data: address with a picture',
			({ url }, { add }) =>
				add('iframe', { src: `data:text/html,<img src="${encodeURIComponent(url)}">` }),
		],
		'iframe-blank': [
			'an empty <iframe>, its own window used for a picture',
			({ url }, { add }) => {
				const frame = add('iframe') as HTMLIFrameElement;
				const image = frame.contentDocument?.createElement('img');
				if (image) image.src = url;
			},
		],
		'iframe-fetch': [
			"an empty <iframe>, its own window's fetch",
			({ url }, { add }) => {
				const frame = add('iframe') as HTMLIFrameElement;
				return frame.contentWindow?.fetch(url, { mode: 'no-cors' });
			},
		],
	}),
	...vectors(22, 'request', PAGE, {
		object: ['<object data>', ({ url }, { add }) => add('object', { data: url })],
		'object-image': [
			'<object data type=image/png>',
			({ url }, { add }) => add('object', { data: url, type: 'image/png' }),
		],
		embed: ['<embed src>', ({ url }, { add }) => add('embed', { src: url })],
	}),
	...vectors(23, 'request', PAGE, {
		'form-iframe': [
			'<form> into an <iframe>',
			({ url, token }, { add }) => {
				add('iframe', { name: `form-${token}` });
				const form = add('form', { action: url, target: `form-${token}`, method: 'POST' });
				(form as HTMLFormElement).submit();
			},
		],
	}),
];
