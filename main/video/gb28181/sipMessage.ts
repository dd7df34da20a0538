/** A request or an answer of SIP (RFC 3261). Of a header that may stand several times, all are there in their order. */
export type SipMessage = SipRequest | SipResponse;

interface Rest {
  /** Names in small letters, compact ones (RFC 3261 7.3.3) in full. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface SipRequest extends Rest {
  /** In capitals. */
  readonly method: string;
  readonly uri: string;
}

export interface SipResponse extends Rest {
  readonly status: number;
  readonly reason: string;
}

/** Bytes that are no SIP that would be read: what is wrong, and in which line of the head, from 1. */
export class SipError extends Error {
  override readonly name = 'SipError';
}

export const SIP_LIMITS = {
  /** Of one message; what comes by UDP has no more. */
  bytes: 64 * 1024,
  head: 16 * 1024,
  headers: 100,
} as const;

const COMPACT: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
});

const END_OF_HEAD = '\r\n\r\n';
const REQUEST = /^([A-Z]{1,32}) (\S{1,1000}) SIP\/2\.0$/;
const RESPONSE = /^SIP\/2\.0 ([1-6]\d\d)(?: ([^\r\n]*))?$/;
const HEADER = /^([A-Za-z0-9!%'*+._`~-]{1,64})[ \t]*:[ \t]*(.*)$/s;

/**
 * How long the message is that begins here, with its body; undefined while its head is not there yet.
 * @throws SipError when it is longer than {@link SIP_LIMITS}, or does not say how long it is
 */
export function sipLength(bytes: Buffer): number | undefined {
  const end = endOfHead(bytes);
  if (end === undefined) return undefined;
  const { headers } = headOf(bytes.toString('latin1', 0, end));
  const length = end + END_OF_HEAD.length + bodyLength(headers, undefined);
  if (length > SIP_LIMITS.bytes) throw new SipError(`it is longer than ${SIP_LIMITS.bytes} bytes`);
  return length;
}

/**
 * Reads one whole message. What a datagram has behind its body is passed over (18.3); without a length the body is the rest.
 * @throws SipError
 */
export function readSip(bytes: Buffer): SipMessage {
  if (bytes.length > SIP_LIMITS.bytes) throw new SipError(`it is longer than ${SIP_LIMITS.bytes} bytes`);
  const end = endOfHead(bytes);
  if (end === undefined) throw new SipError('it ends before its head does');
  const { start, headers } = headOf(bytes.toString('latin1', 0, end));
  const from = end + END_OF_HEAD.length;
  const length = bodyLength(headers, bytes.length - from);
  if (from + length > bytes.length) throw new SipError(`its body has ${bytes.length - from} bytes of ${length}`);
  const body = bytes.subarray(from, from + length);
  const [, method, uri] = REQUEST.exec(start) ?? [];
  if (method !== undefined && uri !== undefined) return { method, uri, headers, body };
  const [, status, reason = ''] = RESPONSE.exec(start) ?? [];
  if (status !== undefined) return { status: Number(status), reason, headers, body };
  throw new SipError('line 1 is neither a request nor an answer of SIP/2.0');
}

function endOfHead(bytes: Buffer): number | undefined {
  const end = bytes.subarray(0, SIP_LIMITS.head).indexOf(END_OF_HEAD);
  if (end >= 0) return end;
  if (bytes.length >= SIP_LIMITS.head) throw new SipError(`its head is longer than ${SIP_LIMITS.head} bytes`);
  return undefined;
}

function headOf(head: string): { start: string; headers: [string, string][] } {
  const [start = '', ...lines] = head.split('\r\n');
  const headers: [string, string][] = [];
  for (const [i, line] of lines.entries()) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) {
      last[1] = `${last[1]} ${line.trim()}`; // Folded (7.3.1).
      continue;
    }
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new SipError(`line ${i + 2} is no header`);
    if (headers.length >= SIP_LIMITS.headers) throw new SipError(`it has more than ${SIP_LIMITS.headers} headers`);
    const key = name.toLowerCase();
    headers.push([COMPACT[key] ?? key, value.trim()]);
  }
  return { start, headers };
}

/** @param otherwise where nothing is said of it; undefined where it must be */
function bodyLength(headers: Rest['headers'], otherwise: number | undefined): number {
  const said = headers.find(([name]) => name === 'content-length')?.[1];
  if (said === undefined) {
    if (otherwise === undefined) throw new SipError('it has no Content-Length');
    return otherwise;
  }
  if (!/^\d{1,7}$/.test(said)) throw new SipError('its Content-Length is no number of bytes');
  return Number(said);
}

/** The first header of a name in small letters; empty where there is none. */
export function headerOf({ headers }: Rest, name: string): string {
  return headers.find(([each]) => each === name)?.[1] ?? '';
}

/** The bytes of a message, its length in it. Line breaks in a header become spaces. */
export function writeSip(message: SipMessage): Buffer {
  const start =
    'method' in message
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`.trimEnd();
  const lines = message.headers
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${shownName(name)}: ${value.replace(/[\r\n]+/g, ' ')}`);
  const head = [start, ...lines, `Content-Length: ${message.body.length}`].join('\r\n');
  return Buffer.concat([Buffer.from(head + END_OF_HEAD, 'latin1'), message.body]);
}

/** As everybody writes them: devices have been seen that look for the letters. */
function shownName(name: string): string {
  if (name === 'call-id') return 'Call-ID';
  if (name === 'cseq') return 'CSeq';
  if (name === 'www-authenticate') return 'WWW-Authenticate';
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
