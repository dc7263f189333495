/** What Vite makes of `import address from '….wasm?url'`: the file's address in the build. */
declare module '*?url' {
	const address: string;
	export default address;
}
