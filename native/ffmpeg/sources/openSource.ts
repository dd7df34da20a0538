import { PassThrough, type Readable } from 'node:stream';
import type { FoundFfmpeg } from '../find.ts';
import { fileOptions, formOf, type InputSource, inputOptions, type Look } from '../inputs.ts';
import { dial } from './dial.ts';
import { namesPlaylist, openHls } from './hlsSource.ts';
import { openHttp } from './httpSource.ts';
import { refusePlaylists } from './playlists.ts';
import { openRtspRelay } from './rtspRelay.ts';
import type { SourceCaller } from './sourceCaller.ts';
import { asSourceError, type SourceError } from './sourceError.ts';

/** A camera as ffmpeg is given it: what stands on the command line names no camera, user, password or token. */
export interface OpenedSource {
  /** What stands before the address. */
  readonly reading: readonly string[];
  /** The address: a file of the drill, a relay of the hall, `pipe:0`. */
  readonly from: string;
  /** For its standard input. */
  readonly body: Readable | undefined;
  /** What is known of why it ended, beyond what ffmpeg can know. */
  fault(): SourceError | undefined;
  close(): void;
}

/**
 * Connects to the camera's own host, of playlists to those that are named beside it, and to nothing else, and offers what it sends to one ffmpeg.
 * @throws ForbiddenAddressError, SourceError
 */
export async function openSource(
  source: InputSource,
  ffmpeg: FoundFfmpeg,
  look: Look,
  caller: SourceCaller,
): Promise<OpenedSource> {
  const { signal, arrived } = caller;
  if (source.drillFile) return plain(fileOptions(), source.url);
  if (source.program) return piped(passedOn(source.program, caller), inputOptions('pipe', ffmpeg, look, 'mpeg'));
  const form = formOf(source.url);
  const url = new URL(source.url);
  if (form === 'udp' || form === 'rtp') return plain(inputOptions(form, ffmpeg, look), source.url);
  if (form === 'rtsp') {
    const relay = await openRtspRelay(url, caller);
    return { ...plain(inputOptions(form, ffmpeg, look), relay.url), fault: relay.fault, close: relay.close };
  }
  if (url.protocol === 'tcp:') {
    const socket = await dial({ host: url.hostname, port: Number(url.port), secure: false, signal });
    const body = refusePlaylists();
    socket.on('error', (error) => body.destroy(asSourceError(error)));
    body.on('close', () => socket.destroy());
    socket.on('data', arrived);
    socket.pipe(body);
    return piped(body, inputOptions(form, ffmpeg, look));
  }
  if (namesPlaylist(url)) {
    const body = await openHls({ url, hosts: source.hosts ?? [] }, caller);
    return piped(body, inputOptions(form, ffmpeg, look, 'pieces'));
  }
  const { body, format } = await openHttp(url, caller);
  return piped(body, inputOptions(form, ffmpeg, look, format));
}

/** What is read of it is told of; it ends with what it is passed on to. */
function passedOn(program: Readable, { signal, arrived }: SourceCaller): Readable {
  const body = new PassThrough();
  const fail = (error: unknown) => body.destroy(asSourceError(error));
  program.on('error', fail);
  body.on('close', () => program.destroy());
  if (program.destroyed) fail(program.errored ?? new Error('it ended before it was read'));
  if (signal.aborted) body.destroy();
  program.on('data', arrived);
  program.pipe(body);
  return body;
}

function plain(reading: readonly string[], from: string): OpenedSource {
  return { reading, from, body: undefined, fault: () => undefined, close() {} };
}

function piped(body: Readable, reading: readonly string[]): OpenedSource {
  let fault: SourceError | undefined;
  body.on('error', (error) => {
    fault ??= asSourceError(error);
  });
  return { reading, from: 'pipe:0', body, fault: () => fault, close: () => body.destroy() };
}
