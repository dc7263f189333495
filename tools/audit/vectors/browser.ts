import { PAGE, vectors } from '../vector';

/** Doors of the browser itself: identity, payment, advertising. */
export const browser = [
	...vectors(41, 'request', PAGE, {
		fedcm: [
			'signing in by the browser (FedCM)',
			({ near }) =>
				navigator.credentials.get({
					identity: { providers: [{ configURL: near, clientId: 'x' }] },
				} as CredentialRequestOptions),
		],
	}),
	...vectors(42, 'request', PAGE, {
		payment: [
			'payment: the manifest of a method',
			({ secure }) =>
				new PaymentRequest([{ supportedMethods: secure }], {
					total: { label: 'x', amount: { currency: 'EUR', value: '1' } },
				}).canMakePayment(),
		],
	}),
	...vectors(43, 'lookup', PAGE, {
		webauthn: [
			'passkey: the related origins of another name',
			({ host }) =>
				navigator.credentials.get({
					publicKey: { challenge: new Uint8Array(16), rpId: host, timeout: 2000 },
				}),
		],
	}),
	...vectors(45, 'request', PAGE, {
		attribution: [
			'attributionsrc of a picture',
			({ url }, { add }) => add('img', { attributionsrc: url, src: 'data:,' }),
		],
		'interest-group': [
			'Protected Audience',
			({ origin, url }) => {
				const { joinAdInterestGroup } = navigator as unknown as {
					joinAdInterestGroup(group: object, seconds: number): unknown;
				};
				return joinAdInterestGroup.call(
					navigator,
					{ owner: origin, name: 'x', updateURL: url },
					60,
				);
			},
		],
	}),
];
