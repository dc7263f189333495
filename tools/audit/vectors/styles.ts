import { EVERYWHERE, PAGE, vectors } from '../vector';

/** Addresses in style sheets. */
export const styles = [
	...vectors(10, 'request', PAGE, {
		'style-attribute': [
			'style attribute, background',
			({ url }, { add }) => add('div', { style: `background:url(${url})` }).append('x'),
		],
		'style-script': [
			'background set by a script',
			({ url }, { add }) => {
				add('p').style.backgroundImage = `url(${url})`;
			},
		],
		'style-list': [
			'list-style-image',
			({ url }, { add }) => {
				add('li').style.listStyleImage = `url(${url})`;
			},
		],
		'style-border': [
			'border-image',
			({ url }, { add }) => {
				const box = add('div');
				box.append('x');
				box.style.border = '1px solid';
				box.style.borderImageSource = `url(${url})`;
			},
		],
		'style-mask': [
			'mask-image',
			({ url }, { add }) => {
				const box = add('div');
				box.append('x');
				box.style.maskImage = `url(${url})`;
			},
		],
		'style-shape': [
			'shape-outside',
			({ url }, { add }) => {
				const box = add('div');
				box.style.float = 'left';
				box.style.width = '9px';
				box.style.shapeOutside = `url(${url})`;
			},
		],
		'style-cursor': [
			'cursor',
			({ url }) => {
				document.body.style.cursor = `url(${url}), auto`;
			},
		],
		'style-content': [
			'content: url() of a pseudo element',
			({ url }, { add, style }) => {
				add('div', { class: 'audit-content' });
				style(`.audit-content::before { content: url(${url}) }`);
			},
		],
		'style-image-set': [
			'image-set()',
			({ url }, { add }) => {
				const box = add('div');
				box.append('x');
				box.style.backgroundImage = `image-set("${url}" 1x)`;
			},
		],
		'style-svg-filter': [
			'filter: url()',
			({ url }, { add }) => {
				const box = add('div');
				box.append('x');
				box.style.filter = `url(${url}#x)`;
			},
		],
		'style-variable': [
			'an address in a custom property',
			({ url }, { add }) => {
				const box = add('div');
				box.append('x');
				box.style.setProperty('--audit', `url(${url})`);
				box.style.background = 'var(--audit)';
			},
		],
		'style-element': [
			'<style> with a background',
			({ url }, { add }) => {
				add('div', { class: 'audit-element' }).append('x');
				add('style').textContent = `.audit-element { background: url(${url}) }`;
			},
		],
		'style-import': [
			'@import in <style>',
			({ url }, { add }) => {
				add('style').textContent = `@import url(${url});`;
			},
		],
		'style-adopted': [
			'a sheet that the page adopts',
			({ url }, { add, style }) => {
				add('div', { class: 'audit-adopted' }).append('x');
				style(`.audit-adopted { background: url(${url}) }`);
			},
		],
		'style-rule': [
			'a rule put into a sheet that is there',
			({ url }, { add }) => {
				add('div', { class: 'audit-rule' }).append('x');
				document.styleSheets[0]?.insertRule(`.audit-rule { background: url(${url}) }`);
			},
		],
		'style-link': [
			'<link rel=stylesheet>',
			({ url }, { add }) => add('link', { rel: 'stylesheet', href: url }, document.head),
		],
		'style-shadow': [
			'a sheet in a shadow tree',
			({ url }, { add }) => {
				const root = add('div').attachShadow({ mode: 'open' });
				const sheet = new CSSStyleSheet();
				sheet.replaceSync(`p { background: url(${url}) }`);
				root.adoptedStyleSheets = [sheet];
				root.append(document.createElement('p'));
			},
		],
	}),
	...vectors(11, 'request', EVERYWHERE, {
		'font-face': ['FontFace', ({ url }) => new FontFace('audit', `url(${url})`).load()],
	}),
	...vectors(11, 'request', PAGE, {
		'font-rule': [
			'@font-face',
			({ url, token }, { add, style }) => {
				const box = add('div', { class: `font-${token.replaceAll('.', '-')}` });
				box.append('x');
				style(`@font-face { font-family: audit-rule; src: url(${url}) }`);
				box.style.fontFamily = 'audit-rule';
			},
		],
	}),
];
