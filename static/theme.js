// Runs before the first paint, so that a dark room never sees a white page. Who changes `theme` in
// localStorage ('light', 'dark', or nothing for the system's) dispatches a `storage` event to apply it.
(() => {
	const systemDark = matchMedia('(prefers-color-scheme: dark)');
	const apply = () => {
		const chosen = localStorage.getItem('theme');
		const system = systemDark.matches ? 'dark' : 'light';
		document.documentElement.dataset.theme =
			chosen === 'light' || chosen === 'dark' ? chosen : system;
	};
	apply();
	systemDark.addEventListener('change', apply);
	addEventListener('storage', apply);
})();
