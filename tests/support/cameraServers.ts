import { execFile } from 'node:child_process';
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcp, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { ffmpegEnvironment } from '../../native/ffmpeg/environment.ts';

/** A server on loopback that plays a camera, honest or not. */
export interface CameraServer {
  readonly port: number;
  /** Connections so far. */
  connections(): number;
  /** First lines of what was asked, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** A camera over HTTP. */
export function startHttpCamera(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<CameraServer> {
  const asked: string[] = [];
  let connections = 0;
  const server = createHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  return listen(
    server,
    () => connections,
    asked,
    () => server.closeAllConnections(),
  );
}

/** A camera over any protocol of lines: `answer` is given what came and writes what it likes. */
export function startTcpCamera(answer: (text: string, socket: Socket) => void): Promise<CameraServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createTcp((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      asked.push(text.split('\r\n')[0] ?? '');
      answer(text, socket);
    });
  });
  return listen(
    server,
    () => connections,
    asked,
    () => {
      for (const socket of sockets) socket.destroy();
    },
  );
}

async function listen(
  server: ReturnType<typeof createTcp>,
  connections: () => number,
  asked: string[],
  cut: () => void,
): Promise<CameraServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    connections,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

/** A clip of generated pictures, 320 × 180 at 25/s. @param options ffmpeg's between the pictures and the output */
export async function makeClip(ffmpeg: string, seconds: number, options: readonly string[]): Promise<Buffer> {
  const { stdout } = await promisify(execFile)(
    ffmpeg,
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25', '-t', String(seconds)],
      ...options,
      'pipe:1',
    ],
    { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024, env: ffmpegEnvironment() },
  );
  return stdout;
}

/** H.264 in MPEG-TS. @param x264 x264's own options, such as `intra-refresh=1:keyint=50` */
export function h264Clip(ffmpeg: string, seconds: number, x264: string): Promise<Buffer> {
  return makeClip(ffmpeg, seconds, [
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-x264-params', x264],
    ...['-f', 'mpegts'],
  ]);
}

const TS_PACKET = 188;
const BEAT_MS = 40;

/**
 * Sends MPEG-TS at the speed of life, from `fromSecond` on as to one who joins midway, to its end.
 * @returns what ends it early
 */
export function sendAtLifeSpeed(
  response: { write(bytes: Uint8Array): unknown; end(): unknown },
  clip: Buffer,
  seconds: number,
  fromSecond = 0,
): () => void {
  const packets = Math.floor(clip.length / TS_PACKET);
  const began = performance.now() - fromSecond * 1000;
  let sent = Math.floor((packets * fromSecond) / seconds);
  const timer = setInterval(() => {
    const due = Math.min(packets, Math.floor((packets * (performance.now() - began)) / 1000 / seconds));
    if (due > sent) response.write(clip.subarray(sent * TS_PACKET, due * TS_PACKET));
    sent = due;
    if (sent < packets) return;
    clearInterval(timer);
    response.end();
  }, BEAT_MS);
  return () => clearInterval(timer);
}
