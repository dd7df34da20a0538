import { type IncomingHttpHeaders, type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Clock } from '../../clock.ts';

/** What is asked for, and what the answer may cost. */
export interface HttpAsk {
  /** http: or https:. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whom the certificate must be signed by; those that this program brings along where it is left out. */
  readonly ca?: string | undefined;
  /** Until the answer is whole: one that comes byte by byte is none. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

/** What came of it. */
export type HttpAnswer =
  | { readonly is: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
  /** Its body is longer than was asked for, and nothing of it is kept. */
  | { readonly is: 'too-long' }
  | { readonly is: 'timeout' }
  /** The connection was lost, or could not be made. */
  | { readonly is: 'lost'; readonly error: Error & { code?: string } };

/** A question that is on its way. */
export interface HttpGet {
  /** Never rejects. */
  readonly answer: Promise<HttpAnswer>;
  /** Ends it; the answer is `lost` then. */
  cancel(): void;
}

/** One GET over a connection of its own: none is kept that the other side may have closed meanwhile. Redirects are answers like others. */
export function httpGet({ url, headers, ca, timeoutMs, mostBytes }: HttpAsk, clock: Clock): HttpGet {
  const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
  const ask = url.protocol === 'https:' ? secure : plain;
  const request = ask(url, {
    ...{ method: 'GET', headers: { ...headers }, agent: false, rejectUnauthorized: true },
    ...(ca === undefined ? {} : { ca }),
  });
  const cancelTimeout = clock.setTimeout(() => end({ is: 'timeout' }), timeoutMs);
  const end = (answer: HttpAnswer): void => {
    cancelTimeout();
    resolve(answer);
    request.destroy();
  };
  request.on('error', (error) => end({ is: 'lost', error }));
  request.on('close', () => end({ is: 'lost', error: CUT() }));
  request.on('response', (response) => {
    const parts: Buffer[] = [];
    let length = 0;
    // What is announced is not waited for.
    if (Number(response.headers['content-length']) > mostBytes) end({ is: 'too-long' });
    response.on('data', (bytes: Buffer) => {
      parts.push(bytes);
      length += bytes.length;
      if (length > mostBytes) end({ is: 'too-long' });
    });
    response.on('error', (error) => end({ is: 'lost', error }));
    response.on('end', () => end(answerOf(response, Buffer.concat(parts))));
  });
  request.end();
  return { answer: promise, cancel: () => end({ is: 'lost', error: CUT() }) };
}

function answerOf(response: IncomingMessage, body: Buffer): HttpAnswer {
  if (!response.complete) return { is: 'lost', error: CUT() };
  return { is: 'answer', status: response.statusCode ?? 0, headers: response.headers, body };
}

const CUT = () => Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' });
