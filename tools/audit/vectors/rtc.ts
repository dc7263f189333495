import { PAGE, vectors } from '../vector';

/** Packets that are not HTTP. The policy of a page (CSP) does not know them. */
export const rtc = vectors(8, 'request', PAGE, {
	'rtc-stun': [
		'WebRTC, STUN server',
		async ({ stun }) => {
			const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:${stun}` }] });
			connection.createDataChannel('audit');
			await connection.setLocalDescription(await connection.createOffer());
		},
	],
	'rtc-turn': [
		'WebRTC, TURN server, the secret as its user name',
		async ({ stun, token }) => {
			const connection = new RTCPeerConnection({
				iceServers: [{ urls: `turn:${stun}?transport=udp`, username: token, credential: 'x' }],
			});
			connection.createDataChannel('audit');
			await connection.setLocalDescription(await connection.createOffer());
		},
	],
	'rtc-turn-tcp': [
		'WebRTC, TURN server over TCP',
		async ({ stun, token }) => {
			const connection = new RTCPeerConnection({
				iceServers: [{ urls: `turn:${stun}?transport=tcp`, username: token, credential: 'x' }],
			});
			connection.createDataChannel('audit');
			await connection.setLocalDescription(await connection.createOffer());
		},
	],
	'rtc-candidate': [
		'WebRTC, straight to a peer at a given address',
		async ({ stun, token }) => {
			const [here, there] = [new RTCPeerConnection(), new RTCPeerConnection()];
			here.createDataChannel('audit');
			await here.setLocalDescription(await here.createOffer());
			await there.setRemoteDescription(here.localDescription as RTCSessionDescription);
			await there.setLocalDescription(await there.createAnswer());
			await here.setRemoteDescription(there.localDescription as RTCSessionDescription);
			const [host, port] = stun.split(':');
			await here.addIceCandidate({
				candidate: `candidate:1 1 udp 2122260223 ${host} ${port} typ host ufrag ${token.slice(0, 8)}`,
				sdpMid: '0',
			});
		},
	],
});
