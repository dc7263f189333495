import type { Kit, Target, Vector } from './vector';

/**
 * One expression that runs vectors in a place, one after another, each on its own: being refused is
 * what is hoped for. What counts is what arrives. Its value: the tokens of those that were tried.
 */
export function expressionFor(tries: readonly { vector: Vector; target: Target }[]): string {
	const list = tries.map(
		({ vector, target }) => `[${vector.run.toString()}, ${JSON.stringify(target)}]`,
	);
	// tsx names functions by a helper that only its own modules have.
	return `(async () => {
		const __name = (made) => made;
		const kit = (${makeKit.toString()})();
		const tries = [${list.join(',')}];
		return (${runAll.toString()})(tries, kit);
	})()`;
}

async function runAll(
	tries: readonly (readonly [Vector['run'], Target])[],
	kit: Kit,
): Promise<string[]> {
	const tried: string[] = [];
	for (const [run, target] of tries) {
		if (tried.length) await new Promise((next) => setTimeout(next));
		tried.push(target.token);
		try {
			Promise.resolve(run(target, kit)).catch(() => undefined);
		} catch {
			// Refused at once.
		}
	}
	return tried;
}

function makeKit(): Kit {
	return {
		add(tag, attributes = {}, parent = document.body) {
			const element = document.createElement(tag);
			for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
			parent.append(element);
			return element;
		},
		later(work) {
			setTimeout(() => {
				try {
					work();
				} catch {
					// Refused. Uncaught, it would make the app start its worker anew.
				}
			});
		},
		style(text) {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync(text);
			document.adoptedStyleSheets.push(sheet);
		},
	};
}
