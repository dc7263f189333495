import { absent, answered, silent, type Sign, type Way } from '../way';
import { stage } from './stage';

const UNSEEN = 'A page can’t see whether a name was looked up. The audit tries it.';

/** Milliseconds: a refused server is given up in a fifth of a second, a silent one after ten. */
const GATHERING = 2_500;

export const hints: readonly Way[] = [
	{
		id: 'webrtc',
		name: 'WebRTC',
		group: 'hints',
		rows: [8],
		place: 'page',
		async attempt({ address }) {
			if (typeof RTCPeerConnection === 'undefined') return absent;
			const url = new URL(address);
			const connection = new RTCPeerConnection({
				iceServers: [{ urls: `stun:${url.hostname}:${url.port || 3478}` }],
			});
			try {
				connection.createDataChannel('self-test');
				const sign = gathered(connection);
				await connection.setLocalDescription(await connection.createOffer());
				return await sign;
			} finally {
				connection.close();
			}
		},
	},
	{
		id: 'speculation',
		name: 'A page guessed ahead',
		group: 'hints',
		rows: [31],
		place: 'page',
		ending: '.html',
		alone: true,
		attempt({ address }) {
			const script = document.createElement('script');
			if (!HTMLScriptElement.supports('speculationrules')) return absent;
			script.type = 'speculationrules';
			script.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [address] }] });
			stage.show(script);
			return silent;
		},
	},
	{
		id: 'sign-in',
		name: 'Signing in with another site',
		group: 'hints',
		rows: [41],
		place: 'page',
		permission: 'identity-credentials-get',
		async attempt({ address }) {
			if (!('IdentityCredential' in globalThis)) return absent;
			const identity = { providers: [{ configURL: address, clientId: 'self-test' }] };
			await navigator.credentials.get({ identity } as CredentialRequestOptions);
			return answered;
		},
	},
	{
		id: 'payment',
		name: 'A payment service',
		group: 'hints',
		rows: [42],
		place: 'page',
		permission: 'payment',
		async attempt({ address }) {
			if (typeof PaymentRequest === 'undefined') return absent;
			const total = { label: 'self-test', amount: { currency: 'EUR', value: '0' } };
			await new PaymentRequest([{ supportedMethods: address }], { total }).canMakePayment();
			return silent;
		},
	},
	{
		id: 'dns-prefetch',
		name: 'A name looked up ahead',
		group: 'hints',
		rows: [16],
		place: 'page',
		because: UNSEEN,
	},
	{
		id: 'preconnect',
		name: 'A connection opened ahead',
		group: 'hints',
		rows: [17],
		place: 'page',
		because: UNSEEN,
	},
	{
		id: 'passkey',
		name: 'A passkey of another site',
		group: 'hints',
		rows: [43],
		place: 'page',
		because: 'The browser would ask you for a passkey. The audit tries it.',
	},
];

/** An address that only the server can have told means that packets went there and back. */
function gathered(connection: RTCPeerConnection): Promise<Sign> {
	return new Promise((resolve) => {
		connection.addEventListener('icecandidate', ({ candidate }) => {
			if (candidate?.type === 'srflx') resolve(answered);
			else if (candidate === null) resolve({ kind: 'given-up' });
		});
		setTimeout(() => resolve(silent), GATHERING);
	});
}
