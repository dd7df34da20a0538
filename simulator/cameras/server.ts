import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../main/clock.ts';
import { sameSecret } from '../../main/files/sameSecret.ts';
import type { Log } from '../../main/log.ts';
import { createBroadcasts, type DrillCamera } from './broadcasts.ts';
import type { SceneFfmpeg } from './ffmpeg.ts';
import type { OverlayFont } from './fonts.ts';
import { openRtspServer } from './rtsp.ts';

interface DrillCameraServerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDir: string;
  readonly cameras: readonly DrillCamera[];
  readonly ffmpeg: SceneFfmpeg;
  /** Of HTTP and RTSP; 0, or left out: any. */
  readonly ports?: { readonly http: number; readonly rtsp: number };
  /** Which of them are served over RTSP, where there is H.264; left out: none. */
  overRtsp?(camera: DrillCamera): boolean;
  /** Secret in every address; a random one when not given. */
  readonly token?: string;
  readonly font?: OverlayFont;
}

/** The drill city's cameras on the network of loopback, as real encoders serve it: each an MPEG-TS stream over HTTP, or H.264 over RTSP. */
export interface DrillCameraServer {
  readonly ports: { readonly http: number; readonly rtsp: number };
  /** The address to give to the hall; holds the secret. */
  url(cameraId: string): string;
  /** Breaks a camera (its connections drop, new ones are cut) or mends it. */
  setGone(cameraId: string, gone: boolean): void;
  has(cameraId: string): boolean;
  /** Encoders running now, one a watched camera. */
  running(): readonly { readonly cameraId: string; readonly pid: number }[];
  close(): Promise<void>;
}

/** A client that does not read loses its connection instead of the simulator its memory. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const PATH = /^\/cam\/([A-Za-z0-9._-]{1,64})\.ts$/;

/** Listens on loopback. A scene that is not rendered yet is answered with 503. */
export async function createDrillCameraServer(options: DrillCameraServerOptions): Promise<DrillCameraServer> {
  const { clock, log, dataDir, ffmpeg, font } = options;
  const token = options.token ?? randomBytes(16).toString('hex');
  const cameras = new Map(options.cameras.map((camera) => [camera.id, camera]));
  const gone = new Set<string>();
  const broadcasts = await createBroadcasts({ clock, log, dataDir, ffmpeg, font });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://loopback');
    const camera = cameras.get(PATH.exec(url.pathname)?.[1] ?? '');
    if (!sameSecret(url.searchParams.get('k') ?? '', token)) return refuse(response, 401, 'Unauthorized');
    if (request.method !== 'GET') return refuse(response, 405, 'Method Not Allowed');
    if (!camera) return refuse(response, 404, 'Not Found');
    if (gone.has(camera.id)) {
      response.socket?.destroy(); // a dead camera does not answer
      return;
    }
    if (!broadcasts.ready(camera)) {
      response.setHeader('retry-after', '2');
      return refuse(response, 503, 'Service Unavailable');
    }
    let leave = () => {};
    response.on('error', () => {}); // the close that follows is what counts
    response.on('close', () => leave());
    response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'no-store', connection: 'close' });
    response.flushHeaders();
    const left = await broadcasts.join(camera, 'mpegts', {
      take(chunk) {
        if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
        else response.write(chunk);
      },
      cut: () => response.destroy(),
    });
    if (response.destroyed) left();
    else leave = left;
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'drill camera server');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.ports?.http ?? 0, '127.0.0.1', resolve);
  });
  const { port: http } = server.address() as AddressInfo;
  const rtsp = await openRtspServer({
    ...{ port: options.ports?.rtsp ?? 0, token, log, broadcasts },
    camera: (id) => (gone.has(id) ? 'gone' : (cameras.get(id) ?? null)),
  });

  return {
    ports: { http, rtsp: rtsp.port },
    url(cameraId) {
      const camera = cameras.get(cameraId);
      const id = encodeURIComponent(cameraId);
      return camera && broadcasts.h264 && options.overRtsp?.(camera)
        ? `rtsp://127.0.0.1:${rtsp.port}/cam/${id}?k=${token}`
        : `http://127.0.0.1:${http}/cam/${id}.ts?k=${token}`;
    },
    has: (cameraId) => cameras.has(cameraId),
    setGone(cameraId, isGone) {
      if (!isGone) gone.delete(cameraId);
      else {
        gone.add(cameraId);
        broadcasts.cut(cameraId);
      }
    },
    running: broadcasts.running,
    async close() {
      broadcasts.close();
      await Promise.all([
        rtsp.close(),
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
      ]);
    },
  };
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(words);
}
