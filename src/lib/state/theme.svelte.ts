export type Theme = 'system' | 'light' | 'dark';

/** Light, dark or the system's. Stands in localStorage, so that `theme.js` knows it before the first paint. */
class ThemeState {
	#chosen = $state<Theme>(stored());

	get chosen(): Theme {
		return this.#chosen;
	}

	choose(theme: Theme): void {
		this.#chosen = theme;
		if (theme === 'system') localStorage.removeItem('theme');
		else localStorage.setItem('theme', theme);
		dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
	}
}

function stored(): Theme {
	const theme = localStorage.getItem('theme');
	return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const theme = new ThemeState();
