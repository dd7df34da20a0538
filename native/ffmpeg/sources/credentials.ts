import { createHash } from 'node:crypto';
import { decoded } from '../mask.ts';

/** Who asks. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A camera's address without its user and password, and these by themselves. */
export function credentialsOf(address: URL): { readonly url: URL; readonly credentials: Credentials | undefined } {
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return { url, credentials: undefined };
  return { url, credentials: { user: decoded(username), password: decoded(password) } };
}

/** Answers a server's challenges: Basic, and Digest by RFC 2617 with MD5 as cameras have it, or SHA-256. */
export interface Answerer {
  /** Takes what `WWW-Authenticate` said. `false`: nothing in it can be answered. */
  challenged(headers: readonly string[]): boolean;
  /** The value of `Authorization`; `undefined` before a challenge. */
  authorization(method: string, uri: string): string | undefined;
}

/** @param cnonce a fresh random text for each request */
export function createAnswerer(credentials: Credentials, cnonce: () => string): Answerer {
  let challenge: Challenge | undefined;
  let count = 0;
  return {
    challenged(headers) {
      const offered = headers.flatMap(readChallenges);
      challenge =
        offered.find((each) => each.scheme === 'digest' && hashOf(each) !== undefined) ??
        offered.find((each) => each.scheme === 'basic');
      count = 0;
      return challenge !== undefined;
    },
    authorization(method, uri) {
      if (!challenge) return undefined;
      const { user, password } = credentials;
      if (challenge.scheme === 'basic') return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
      count += 1;
      return digest(challenge, { user, password, method, uri, count, cnonce: cnonce() });
    },
  };
}

interface Challenge {
  readonly scheme: string;
  readonly params: ReadonlyMap<string, string>;
}

const MOST_CHALLENGE = 4_096;

/** Reads one `WWW-Authenticate` header, which may hold several challenges. */
export function readChallenges(header: string): Challenge[] {
  const found: { scheme: string; params: Map<string, string> }[] = [];
  const parts = header
    .slice(0, MOST_CHALLENGE)
    .matchAll(/([A-Za-z0-9_-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g);
  for (const [whole, name = '', quoted, bare] of parts) {
    const key = name.toLowerCase();
    if (!whole.includes('=')) found.push({ scheme: key, params: new Map() });
    else found.at(-1)?.params.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return found;
}

function hashOf(challenge: Challenge): 'md5' | 'sha256' | undefined {
  const algorithm = (challenge.params.get('algorithm') ?? 'MD5').toUpperCase().replace(/-SESS$/, '');
  if (algorithm === 'MD5') return 'md5';
  return algorithm === 'SHA-256' ? 'sha256' : undefined;
}

function digest(
  challenge: Challenge,
  ask: Credentials & { readonly method: string; readonly uri: string; readonly count: number; readonly cnonce: string },
): string {
  const { params } = challenge;
  const hash = (text: string) =>
    createHash(hashOf(challenge) ?? 'md5')
      .update(text)
      .digest('hex');
  const realm = params.get('realm') ?? '';
  const nonce = params.get('nonce') ?? '';
  const algorithm = params.get('algorithm');
  const qop = params
    .get('qop')
    ?.split(',')
    .map((each) => each.trim())
    .includes('auth')
    ? 'auth'
    : undefined;
  const nc = ask.count.toString(16).padStart(8, '0');
  const base = hash(`${ask.user}:${realm}:${ask.password}`);
  const secret = /-sess$/i.test(algorithm ?? '') ? hash(`${base}:${nonce}:${ask.cnonce}`) : base;
  const request = hash(`${ask.method}:${ask.uri}`);
  const response = hash(
    qop ? `${secret}:${nonce}:${nc}:${ask.cnonce}:auth:${request}` : `${secret}:${nonce}:${request}`,
  );
  const opaque = params.get('opaque');
  return [
    `Digest username="${quote(ask.user)}", realm="${quote(realm)}", nonce="${quote(nonce)}", uri="${ask.uri}", response="${response}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque="${quote(opaque)}"`]),
    ...(qop ? [`qop=auth, nc=${nc}, cnonce="${ask.cnonce}"`] : []),
  ].join(', ');
}

/** No line break can leave a quoted text. */
function quote(text: string): string {
  return text.replace(/[\r\n]/g, '').replace(/[\\"]/g, '\\$&');
}
