import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { type Answerer, createAnswerer, credentialsOf } from './credentials.ts';
import { cutMultipart } from './multipart.ts';
import { refusePlaylists } from './playlists.ts';
import type { SourceCaller } from './sourceCaller.ts';
import { asSourceError, faultOfStatus, SourceError } from './sourceError.ts';

/** A camera's bytes over HTTP. */
export interface HttpSource {
  readonly body: Readable;
  /** ffmpeg's name of the format, where the answer's type says it; it is looked for otherwise. */
  readonly format: 'mpjpeg' | undefined;
}

const ANSWER_MS = 10_000;
const MOST_HEADER_BYTES = 16 * 1024;

/**
 * Asks a camera for its stream: this address and no other. Redirects are not followed; playlists are refused, since what
 * they name may be anywhere.
 * @throws SourceError
 */
export async function openHttp(address: URL, { signal, arrived }: SourceCaller): Promise<HttpSource> {
  const { url, credentials } = credentialsOf(address);
  const answerer = credentials && createAnswerer(credentials, () => randomBytes(8).toString('hex'));
  const response = await getHttp(url, answerer, signal);
  const type = (response.headers['content-type'] ?? '').toLowerCase();
  if (/mpegurl|dash\+xml|application\/sdp/.test(type)) {
    response.destroy();
    throw new SourceError('playlist', `it sends a playlist (${type.slice(0, 60)}), which may lead anywhere`);
  }
  const parts = type.startsWith('multipart/');
  const body = parts ? cutMultipart() : refusePlaylists();
  response.on('error', (error) => body.destroy(asSourceError(error)));
  body.on('close', () => response.destroy());
  response.on('data', arrived);
  response.pipe(body);
  return { body, format: parts ? 'mpjpeg' : undefined };
}

/**
 * Asks one address, and again where it wants to know who asks. Redirects are not followed.
 * @param answerer of that host; what it is told once it is told from the beginning after that
 * @throws SourceError for every answer but the one that was hoped for
 */
export async function getHttp(url: URL, answerer: Answerer | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  const path = `${url.pathname}${url.search}`;
  // Most cameras want Basic, and some never say so: it is only told to the camera itself, and over the same wire as ever.
  let response = await ask(url, path, answerer?.authorization('GET', path), signal);
  if (response.statusCode === 401 && answerer?.challenged(challengesOf(response))) {
    response.destroy();
    response = await ask(url, path, answerer.authorization('GET', path), signal);
  }
  const fault = faultOfStatus(response.statusCode ?? 0, 'HTTP', response.headers.location);
  if (!fault) return response;
  response.destroy();
  throw fault;
}

function ask(url: URL, path: string, authorization: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const request = (secure ? httpsRequest : httpRequest)({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
      path,
      agent: false,
      signal,
      maxHeaderSize: MOST_HEADER_BYTES,
      headers: {
        host: url.host,
        'user-agent': 'OpsHall',
        accept: '*/*',
        connection: 'close',
        ...(authorization === undefined ? {} : { authorization }),
      },
      // Cameras sign their own certificates.
      ...(secure ? { rejectUnauthorized: false } : {}),
    });
    const timer = setTimeout(
      () => request.destroy(new SourceError('timeout', `no answer within ${ANSWER_MS / 1000} s`)),
      ANSWER_MS,
    );
    const over = (error: unknown) => {
      clearTimeout(timer);
      reject(asSourceError(error));
    };
    request.on('error', over);
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      over(new SourceError('not-video', 'it changed to another protocol'));
    });
    request.on('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.end();
  });
}

function challengesOf(response: IncomingMessage): string[] {
  const header = response.headers['www-authenticate'];
  return header === undefined ? [] : [header];
}
