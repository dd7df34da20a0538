import { randomBytes } from 'node:crypto';
import { headerOf, type SipRequest, type SipResponse } from './sipMessage.ts';
import type { Peer } from './sipWire.ts';

/** How the hall calls itself: its number and domain, and where it is reached. */
export interface Self {
  readonly id: string;
  readonly realm: string;
  readonly address: string;
  readonly port: number;
}

type Headers = readonly (readonly [string, string])[];

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  481: 'Call/Transaction Does Not Exist',
  488: 'Not Acceptable Here',
};
const NONE = Buffer.alloc(0);
const token = (): string => randomBytes(8).toString('hex');
const hostOf = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The answer to a request of whoever it came from. */
export function answerTo(request: SipRequest, from: Peer, status: number, more: Headers = []): SipResponse {
  const vias = request.headers.filter(([name]) => name === 'via').map(([, value]) => value);
  const to = headerOf(request, 'to');
  return {
    status,
    reason: REASONS[status] ?? '',
    headers: [
      ...vias.map((via, i): [string, string] => ['via', i === 0 ? seenFrom(via, from) : via]),
      ['from', headerOf(request, 'from')],
      ['to', /;\s*tag=/i.test(to) ? to : `${to};tag=${token()}`],
      ['call-id', headerOf(request, 'call-id')],
      ['cseq', headerOf(request, 'cseq')],
      ...more,
    ],
    body: NONE,
  };
}

/** Where the request really came from (RFC 3261 18.2.1, RFC 3581). */
function seenFrom(via: string, { address, port }: Peer): string {
  const asks = /;\s*rport(?=\s*(?:;|$))/i;
  return asks.test(via) ? `${via.replace(asks, `;rport=${port}`)};received=${address}` : via;
}

/** The user of a name-addr, `<sip:user@host>;tag=…`: a device's number; empty where there is none. */
export function userOf(header: string): string {
  return /sips?:([^@;>\s]{1,64})@/i.exec(header)?.[1] ?? '';
}

/** A request of the hall's own, outside of every call. */
export function requestTo(
  self: Self,
  peer: Peer,
  { method, user, type, body, more = [] }: { method: string; user: string; type: string; body: Buffer; more?: Headers },
): SipRequest {
  const here = hostOf(self.address, self.port);
  return {
    method,
    uri: `sip:${user}@${hostOf(peer.address, peer.port)}`,
    headers: [
      ['via', viaOf(self, peer)],
      ['from', `<sip:${self.id}@${self.realm}>;tag=${token()}`],
      ['to', `<sip:${user}@${self.realm}>`],
      ['call-id', `${token()}@${self.address}`],
      ['cseq', `1 ${method}`],
      ['contact', `<sip:${self.id}@${here}>`],
      ['max-forwards', '70'],
      ['user-agent', 'OpsHall'],
      ...more,
      ['content-type', type],
    ],
    body,
  };
}

/** Takes back an INVITE that was not answered yet (9.1). */
export function cancelOf(invite: SipRequest): SipRequest {
  return {
    ...{ method: 'CANCEL', uri: invite.uri, body: NONE },
    headers: invite.headers
      .filter(([name]) => ['via', 'from', 'to', 'call-id', 'max-forwards'].includes(name))
      .concat([['cseq', headerOf(invite, 'cseq').replace(/INVITE$/, 'CANCEL')]]),
  };
}

/** ACK and BYE of the call that a device agreed to (13.2.2.4, 15.1.1); ACK of one that it refused (17.1.1.3). */
export function inCall(
  self: Self,
  peer: Peer,
  method: 'ACK' | 'BYE',
  answer: SipResponse,
  invite?: SipRequest,
): SipRequest {
  const contact = /<(sips?:[^>\s]{1,200})>/i.exec(headerOf(answer, 'contact'))?.[1];
  const user = userOf(headerOf(answer, 'to'));
  const refused = answer.status >= 300 && invite !== undefined;
  const number = Number(/^\d{1,9}/.exec(headerOf(answer, 'cseq'))?.[0] ?? 1);
  return {
    method,
    uri: refused ? invite.uri : (contact ?? `sip:${user}@${hostOf(peer.address, peer.port)}`),
    headers: [
      ['via', refused ? headerOf(invite, 'via') : viaOf(self, peer)],
      ['from', headerOf(answer, 'from')],
      ['to', headerOf(answer, 'to')],
      ['call-id', headerOf(answer, 'call-id')],
      ['cseq', `${method === 'ACK' ? number : number + 1} ${method}`],
      ['max-forwards', '70'],
    ],
    body: NONE,
  };
}

function viaOf({ address, port }: Self, { transport }: Peer): string {
  return `SIP/2.0/${transport.toUpperCase()} ${hostOf(address, port)};rport;branch=z9hG4bK${token()}`;
}
