/** Marks the stage in the document, and this chunk in the build for whoever scans it. */
const MARK = 'doorstep-self-test-stage';

/**
 * Where the tries put their elements: in the document, so that they load, yet not seen, heard or
 * reached by a key. `clear` leaves nothing.
 */
class Stage {
	#box: HTMLElement | null = null;
	readonly #heads = new Set<Element>();

	/** Shows an element for as long as the test runs. */
	show<Kind extends Element>(element: Kind): Kind {
		this.#box ??= box();
		this.#box.append(element);
		return element;
	}

	/** For links, which count in the head alone. */
	inHead<Kind extends Element>(element: Kind): Kind {
		this.#heads.add(element);
		document.head.append(element);
		return element;
	}

	/** An empty frame, to which forms and links can be aimed without leaving the page. */
	frame(name: string): HTMLIFrameElement {
		const frame = document.createElement('iframe');
		frame.name = name;
		return this.show(frame);
	}

	clear(): void {
		this.#box?.remove();
		this.#box = null;
		for (const element of this.#heads) element.remove();
		this.#heads.clear();
	}
}

function box(): HTMLElement {
	const element = document.createElement('div');
	element.dataset.mark = MARK;
	element.inert = true;
	element.ariaHidden = 'true';
	Object.assign(element.style, {
		position: 'fixed',
		width: '1px',
		height: '1px',
		overflow: 'hidden',
		opacity: '0',
	});
	document.body.append(element);
	return element;
}

export const stage = new Stage();
