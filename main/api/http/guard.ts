import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import { sameSecret } from '../../files/sameSecret.ts';

/** Origin of the pages of the desktop shell. */
export const SHELL_ORIGIN = 'app://opshall';

/** Why a request is not served. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 503;
  readonly message: string;
}

const HOST = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** A request's target with scheme and host, as a proxy is sent it. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/** Characters of a path that go into a log. */
const LOGGED_CHARS = 120;

/** The path without scheme, host and query, which may hold a token. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').replace(ABSOLUTE, '').split(/[?#]/, 1)[0] || '/';
}

/** A path as the log may have it: whoever asks chooses its length. */
export function loggedPath(request: IncomingMessage): string {
  const path = pathOf(request);
  return path.length > LOGGED_CHARS ? `${path.slice(0, LOGGED_CHARS)}…` : path;
}

/**
 * Refuses a request that a name was bent to reach (DNS rebinding) and one that a foreign page makes. The Host must be a
 * loopback name, the address the connection came in on, or one of `names`; the Origin, where there is one, must be the
 * page's own or the desktop shell's.
 */
export function refuseForeign(request: IncomingMessage, names: readonly string[]): Refusal | null {
  const host = request.headers.host ?? '';
  if (!HOST.test(host)) return { status: 400, message: 'the request has no usable Host header' };
  const said = request.rawHeaders.filter((header, i) => i % 2 === 0 && header.toLowerCase() === 'host').length;
  const target = ABSOLUTE.exec(request.url ?? '')?.[1];
  if (said > 1 || (target !== undefined && target.toLowerCase() !== host.toLowerCase()))
    return { status: 400, message: 'the request names two hosts' };
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  const own = plainAddress(request.socket.localAddress ?? '');
  if (!isLoopback(name) && name !== own && !names.includes(name)) {
    return { status: 403, message: `this hall is not "${name}"; open it by its address` };
  }
  const origin = request.headers.origin;
  if (origin === undefined || origin === SHELL_ORIGIN) return null;
  if (hostOf(origin) === host.toLowerCase()) return null;
  return { status: 403, message: 'pages of other origins are not served' };
}

/** Refuses a request that does not carry the hall's token; takes as long for any wrong one. */
export function refuseToken(request: IncomingMessage, token: string): Refusal | null {
  const given = givenToken(request);
  if (given === null)
    return { status: 401, message: 'a token is needed: open the address that the hall shows at its start' };
  if (sameSecret(given, token)) return null;
  return { status: 401, message: 'the token is not this hall’s; open the address that the hall shows at its start' };
}

/** From `Authorization: Bearer`, the WebSocket subprotocol `token.…`, or `?token=`. */
export function givenToken(request: IncomingMessage): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  for (const protocol of (request.headers['sec-websocket-protocol'] ?? '').split(',')) {
    const offered = protocol.trim();
    if (offered.startsWith('token.')) return offered.slice('token.'.length);
  }
  const query = request.url?.split('?', 2)[1];
  return query === undefined ? null : new URLSearchParams(query).get('token');
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, '').toLowerCase();
}

function hostOf(origin: string): string | null {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) return null;
  return new URL(origin).host;
}
