import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createAnswerer, credentialsOf } from './credentials.ts';
import { dial } from './dial.ts';
import { createRtspReader, type RtspMessage } from './rtspMessages.ts';
import type { SourceCaller } from './sourceCaller.ts';
import { asSourceError, faultOfStatus, SourceError } from './sourceError.ts';

/** An RTSP camera as ffmpeg is given it: an address on loopback without its name, user, password or path. */
export interface RtspRelay {
  /** `rtsp://127.0.0.1:<port>/<one-time path>`; taken by the first that asks for it. */
  readonly url: string;
  /** What went wrong between here and the camera, where the relay knows. */
  fault(): SourceError | undefined;
  close(): void;
}

const WAIT_FOR_PLAYER_MS = 15_000;
const SILENCE_MS = 65_000;
const PENDING_REQUESTS = 16;

interface Pending {
  readonly request: RtspMessage;
  readonly playerSequence: string | undefined;
  answered: boolean;
}

/**
 * Connects to the camera, and passes one player's RTSP on to it and nothing else: requests get the camera's own address and the
 * answer to its challenge, redirects end it, other connections are never made. Pictures come interleaved, over the same TCP.
 * @throws SourceError when the camera cannot be reached
 */
export async function openRtspRelay(address: URL, { signal, arrived }: SourceCaller): Promise<RtspRelay> {
  const { url, credentials } = credentialsOf(address);
  const secure = url.protocol === 'rtsps:';
  const port = url.port === '' ? (secure ? 322 : 554) : Number(url.port);
  const camera = await dial({ host: url.hostname, port, secure, signal });
  const cameraUrl = url.href.replace(/^rtsps:/, 'rtsp:');
  const answerer = credentials && createAnswerer(credentials, () => randomBytes(8).toString('hex'));
  const path = randomBytes(16).toString('hex');
  const pending = new Map<string, Pending>();
  let player: Socket | undefined;
  let sequence = 0;
  let fault: SourceError | undefined;
  let localUrl = '';

  function fail(error: unknown): void {
    fault ??= asSourceError(error);
    close();
  }

  function close(): void {
    clearTimeout(patience);
    server.close();
    camera.destroy();
    player?.destroy();
  }

  /** The player's request in the camera's words. */
  function ask(request: RtspMessage, playerSequence: string | undefined, answered: boolean): void {
    const [method = '', target = '', version = 'RTSP/1.0'] = request.start.split(' ');
    const uri = target.startsWith(localUrl) ? cameraUrl + target.slice(localUrl.length) : target;
    sequence += 1;
    if (pending.size >= PENDING_REQUESTS) pending.delete(pending.keys().next().value ?? '');
    pending.set(String(sequence), { request, playerSequence, answered });
    const headers = request.headers.filter(([name]) => !/^(cseq|authorization)$/i.test(name));
    const authorization = answerer?.authorization(method, uri);
    const lines = [
      `${method} ${uri} ${version}`,
      `CSeq: ${sequence}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
    ];
    camera.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), request.body]));
  }

  function answer(response: RtspMessage): void {
    const status = Number(response.start.split(' ')[1]);
    const said = response.headers.find(([name]) => /^cseq$/i.test(name))?.[1] ?? '';
    const asked = pending.get(said);
    pending.delete(said);
    if (status === 401 && asked && !asked.answered) {
      const challenges = response.headers
        .filter(([name]) => /^www-authenticate$/i.test(name))
        .map(([, value]) => value);
      if (answerer?.challenged(challenges)) {
        ask(asked.request, asked.playerSequence, true);
        return;
      }
    }
    if (status >= 300 && status < 400) {
      const location = response.headers.find(([name]) => /^location$/i.test(name))?.[1];
      fail(faultOfStatus(status, 'RTSP', location));
      return;
    }
    const lines = [
      response.start,
      ...response.headers.map(([name, value]) =>
        /^cseq$/i.test(name) ? `CSeq: ${asked?.playerSequence ?? value}` : `${name}: ${value}`,
      ),
    ];
    player?.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), response.body]));
  }

  const fromCamera = createRtspReader({
    message(message) {
      if (message.start.startsWith('RTSP/')) answer(message);
      else if (/^(REDIRECT|ANNOUNCE) /.test(message.start))
        fail(new SourceError('redirected', 'the camera refers to another address; redirects are not followed'));
      else {
        const asked = message.headers.find(([name]) => /^cseq$/i.test(name))?.[1] ?? '0';
        camera.write(`RTSP/1.0 501 Not Implemented\r\nCSeq: ${asked}\r\n\r\n`);
      }
    },
    interleaved(bytes) {
      arrived();
      if (player && !player.write(bytes)) {
        camera.pause();
        player.once('drain', () => camera.resume());
      }
    },
  });

  const server = createServer((socket) => {
    const fromPlayer = createRtspReader({
      message(message) {
        const target = message.start.split(' ')[1] ?? '';
        if (player === undefined) {
          if (!target.startsWith(localUrl)) {
            socket.destroy(); // not the player: it knows the path
            return;
          }
          player = socket;
          clearTimeout(patience);
          server.close();
        }
        if (player !== socket) return;
        ask(message, message.headers.find(([name]) => /^cseq$/i.test(name))?.[1], false);
      },
      interleaved(bytes) {
        if (player === socket) camera.write(bytes);
      },
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (player === socket) close();
    });
    socket.on('data', (chunk) => read(fromPlayer, chunk));
  });
  server.maxConnections = 4;

  function read(reader: { push(chunk: Uint8Array): void }, chunk: Uint8Array): void {
    try {
      reader.push(chunk);
    } catch (error) {
      fail(error);
    }
  }

  const patience = setTimeout(close, WAIT_FOR_PLAYER_MS);
  camera.on('data', (chunk: Uint8Array) => read(fromCamera, chunk));
  camera.on('error', fail);
  camera.on('close', () => {
    player?.end();
    server.close();
  });
  camera.setTimeout(SILENCE_MS, () => fail(new SourceError('timeout', `nothing came for ${SILENCE_MS / 1000} s`)));
  signal.addEventListener('abort', close, { once: true });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  localUrl = `rtsp://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/${path}`;
  return { url: localUrl, fault: () => fault, close };
}
