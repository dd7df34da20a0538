import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Answerer, type Credentials, createAnswerer } from '../../../native/ffmpeg/sources/credentials.ts';
import { asSourceError, faultOfStatus, SourceError } from '../../../native/ffmpeg/sources/sourceError.ts';
import { XML_LIMITS } from './xml.ts';

/** A message and its way to one device. */
export interface Posting {
  readonly url: URL;
  readonly message: string;
  readonly signal: AbortSignal;
}

/** Brings messages to one device. */
export interface Post {
  /**
   * The bytes of the answer, also of one that is a fault.
   * @throws SourceError, when there is none
   */
  send(posting: Posting): Promise<Uint8Array>;
}

const MOST_HEADER_BYTES = 16 * 1024;

/**
 * Posts SOAP by HTTP: to the address that it is given and to no other, and answers Digest where that is asked for (Basic over TLS only). An
 * answer has one limit of size and one of time, however slowly it comes.
 */
export function createPost(login: Credentials | undefined, withinMs: number): Post {
  const answerer = login && createAnswerer(login, () => randomBytes(8).toString('hex'));
  return {
    async send(posting) {
      const first = await exchange(posting, answerer, withinMs);
      if (first.status !== 401 || !answerer?.challenged(first.challenges)) return taken(first);
      if (posting.url.protocol === 'http:' && answerer.authorization('POST', '/')?.startsWith('Basic'))
        throw new SourceError('unauthorized', 'it wants the password in clear (Basic), which is sent over https only');
      return taken(await exchange(posting, answerer, withinMs));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly challenges: readonly string[];
  readonly bytes: Uint8Array;
}

/** Faults come with a status of their own, 400 or 500. */
function taken({ status, location, bytes }: Answer): Uint8Array {
  const fault = faultOfStatus(status, 'HTTP', location);
  if (fault && ((status !== 400 && status !== 500) || bytes.length === 0)) throw fault;
  return bytes;
}

function exchange(posting: Posting, answerer: Answerer | undefined, withinMs: number): Promise<Answer> {
  const { url, message, signal } = posting;
  const secure = url.protocol === 'https:';
  const path = `${url.pathname}${url.search}`;
  const authorization = answerer?.authorization('POST', path);
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      ...{ path, method: 'POST', agent: false, signal, maxHeaderSize: MOST_HEADER_BYTES },
      headers: {
        host: url.host,
        'user-agent': 'OpsHall',
        'content-type': 'application/soap+xml; charset=utf-8',
        'content-length': Buffer.byteLength(message),
        connection: 'close',
        ...(authorization === undefined ? {} : { authorization }),
      },
      // Cameras sign their own certificates.
      ...(secure ? { rejectUnauthorized: false } : {}),
    });
    const timer = setTimeout(
      () => request.destroy(new SourceError('timeout', `no whole answer within ${withinMs / 1000} s`)),
      withinMs,
    );
    const over = (error: unknown) => {
      clearTimeout(timer);
      request.destroy();
      reject(asSourceError(error));
    };
    request.on('error', over);
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      over(new SourceError('failed', 'it changed to another protocol'));
    });
    request.on('response', (response: IncomingMessage) => {
      const parts: Uint8Array[] = [];
      let length = 0;
      response.on('error', over);
      response.on('data', (part: Uint8Array) => {
        length += part.length;
        if (length > XML_LIMITS.bytes)
          over(new SourceError('too-large', `its answer is longer than ${XML_LIMITS.bytes} bytes`));
        else parts.push(part);
      });
      response.on('end', () => {
        clearTimeout(timer);
        const { location, 'www-authenticate': challenge } = response.headers;
        const challenges = challenge === undefined ? [] : [challenge];
        resolve({ status: response.statusCode ?? 0, location, challenges, bytes: Buffer.concat(parts) });
      });
    });
    request.end(message);
  });
}
