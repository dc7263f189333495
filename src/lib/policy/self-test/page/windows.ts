import { answered, refused, silent, type Way } from '../way';
import { stage } from './stage';

const AUDIT = 'It would take the page away. The audit tries it.';

/** A document whose one frame is at `address`. */
const framing = (address: string) => `<iframe src="${address}"></iframe>`;

export const windows: readonly Way[] = [
	{
		id: 'frame',
		name: 'A frame',
		group: 'windows',
		rows: [20],
		place: 'page',
		ending: '.html',
		alone: true,
		looksUpName: true,
		attempt({ address, token }) {
			stage.frame(`${token}-frame`).src = address;
			return silent;
		},
	},
	{
		id: 'frame-of-text',
		name: 'A frame made of text',
		group: 'windows',
		rows: [21],
		place: 'page',
		ending: '.html',
		alone: true,
		attempt({ address, token }) {
			stage.frame(`${token}-text`).srcdoc = framing(address);
			return silent;
		},
	},
	{
		id: 'frame-of-blob',
		name: 'A frame made of a file',
		group: 'windows',
		rows: [21],
		place: 'page',
		ending: '.html',
		alone: true,
		attempt({ address, token }) {
			const url = URL.createObjectURL(new Blob([framing(address)], { type: 'text/html' }));
			stage.frame(`${token}-blob`).src = url;
			setTimeout(() => URL.revokeObjectURL(url), 1_000);
			return silent;
		},
	},
	{
		id: 'object',
		name: 'An object',
		group: 'windows',
		rows: [22],
		place: 'page',
		ending: '.html',
		alone: true,
		attempt({ address }) {
			const object = document.createElement('object');
			object.data = address;
			stage.show(object);
			return silent;
		},
	},
	{
		id: 'embed',
		name: 'An embedded document',
		group: 'windows',
		rows: [22],
		place: 'page',
		ending: '.html',
		alone: true,
		attempt({ address }) {
			const embed = document.createElement('embed');
			embed.src = address;
			stage.show(embed);
			return silent;
		},
	},
	{
		id: 'form',
		name: 'A form, into a frame',
		group: 'windows',
		rows: [23],
		place: 'page',
		ending: '.html',
		looksUpName: true,
		attempt({ address, token }) {
			const form = document.createElement('form');
			form.method = 'post';
			form.action = address;
			form.target = stage.frame(`${token}-form`).name;
			stage.show(form).submit();
			return silent;
		},
	},
	{
		id: 'link',
		name: 'A link, into a frame',
		group: 'windows',
		rows: [26],
		place: 'page',
		ending: '.html',
		alone: true,
		looksUpName: true,
		attempt({ address, token }) {
			const link = document.createElement('a');
			link.href = address;
			link.target = stage.frame(`${token}-link`).name;
			stage.show(link).click();
			return silent;
		},
	},
	{
		id: 'base',
		name: 'A new base for every address',
		group: 'windows',
		rows: [39],
		place: 'page',
		attempt({ address }) {
			const base = document.createElement('base');
			base.href = address;
			document.head.append(base);
			const moved = document.baseURI.startsWith(address);
			base.remove();
			return moved ? answered : refused(undefined);
		},
	},
	{
		id: 'leaving',
		name: 'The page itself goes elsewhere',
		group: 'windows',
		rows: [24, 25],
		place: 'page',
		because: AUDIT,
	},
	{
		id: 'new-window',
		name: 'A new window',
		group: 'windows',
		rows: [27, 28],
		place: 'page',
		because: 'It would open in front of the page. The audit tries it.',
	},
];
