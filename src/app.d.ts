/// <reference types="@sveltejs/kit" />

declare global {
	/** Trusted Types and client hints, which TypeScript's DOM does not know yet. Both are Chromium's. */
	var trustedTypes: TrustedTypePolicyFactory | undefined;

	interface TrustedTypePolicyFactory {
		createPolicy(
			name: string,
			rules: { createScriptURL(address: string): string },
		): { createScriptURL(address: string): TrustedScriptURL };
	}

	interface TrustedScriptURL {
		toString(): string;
	}

	interface Navigator {
		readonly userAgentData?: {
			readonly brands: readonly { readonly brand: string; readonly version: string }[];
		};
	}
}

export {};
