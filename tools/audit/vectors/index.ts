import type { Vector } from '../vector';
import { browser } from './browser';
import { frames } from './frames';
import { links } from './links';
import { media } from './media';
import { navigation } from './navigation';
import { ownOrigin } from './own-origin';
import { redirects } from './redirects';
import { requests } from './requests';
import { rtc } from './rtc';
import { scripts } from './scripts';
import { serviceWorker } from './service-worker';
import { sockets } from './sockets';
import { styles } from './styles';
import { workers } from './workers';

/** Every way out that is tried. */
export const VECTORS: readonly Vector[] = [
	...requests,
	...sockets,
	...rtc,
	...media,
	...styles,
	...scripts,
	...links,
	...frames,
	...navigation,
	...redirects,
	...workers,
	...serviceWorker,
	...browser,
	...ownOrigin,
];
