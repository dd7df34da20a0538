import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../../main/clock.ts';
import { sameSecret } from '../../main/files/sameSecret.ts';
import type { Log } from '../../main/log.ts';
import type { RunningScene, SceneAbilities, SceneFfmpeg } from './ffmpeg.ts';
import { findOverlayFont, type OverlayFont } from './fonts.ts';
import { lookOf } from './looks.ts';
import { SCENE_FORMAT, type SceneName, sceneFile } from './scenes.ts';

/** A camera of the drill city. */
export interface DrillCamera {
  readonly id: string;
  /** Burnt into its picture. */
  readonly name: string;
  readonly scene: SceneName;
}

interface DrillCameraServerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly dataDir: string;
  readonly cameras: readonly DrillCamera[];
  readonly ffmpeg: SceneFfmpeg;
  /** 0, or left out: any. */
  readonly port?: number;
  /** Secret in every address; a random one when not given. */
  readonly token?: string;
  readonly font?: OverlayFont;
}

/** The drill city's cameras on the network: each an MPEG-TS stream over HTTP on loopback, as a real encoder serves it. */
export interface DrillCameraServer {
  readonly port: number;
  /** The address to give to the hall; holds the secret. */
  url(cameraId: string): string;
  /** Breaks a camera (its connections drop, new ones are cut) or mends it. */
  setGone(cameraId: string, gone: boolean): void;
  has(cameraId: string): boolean;
  /** Encoders running now, one a watched camera. */
  running(): readonly { readonly cameraId: string; readonly pid: number }[];
  close(): Promise<void>;
}

interface Broadcast {
  readonly clients: Set<ServerResponse>;
  running: RunningScene | undefined;
  cancelLinger: () => void;
}

/** A client that does not read loses its connection instead of the hall its memory. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
const LINGER_MS = 3_000;
const PATH = /^\/cam\/([A-Za-z0-9._-]{1,64})\.ts$/;

/** Listens on loopback. A scene that is not rendered yet is answered with 503. */
export async function createDrillCameraServer(options: DrillCameraServerOptions): Promise<DrillCameraServer> {
  const { clock, log, dataDir, ffmpeg } = options;
  const token = options.token ?? randomBytes(16).toString('hex');
  const cameras = new Map(options.cameras.map((camera) => [camera.id, camera]));
  const gone = new Set<string>();
  const broadcasts = new Map<string, Broadcast>();
  const abilities = await ffmpeg.abilities();
  const font = options.font ?? (await findOverlayFont());
  const nameFolder = join(dataDir, 'drill-cameras', 'names');
  const named = await mkdir(nameFolder, { recursive: true }).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error, folder: nameFolder }, 'drill cameras show no name and clock: their folder cannot be made');
      return false;
    },
  );
  if (abilities && !abilities.drawText)
    log.warn({ ffmpeg: ffmpeg.binary?.version }, 'this ffmpeg cannot draw text: drill cameras show no name and clock');
  if (abilities?.encoder === 'mpeg4')
    log.warn(
      { ffmpeg: ffmpeg.binary?.version },
      'this ffmpeg cannot encode H.264: drill cameras send MPEG-4, which windows get decoded',
    );

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
    if (!abilities || !existsSync(sceneFile(dataDir, camera.scene))) {
      response.setHeader('retry-after', '2');
      return refuse(response, 503, 'Service Unavailable');
    }
    const broadcast = await broadcastOf(camera, abilities);
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'no-store', connection: 'close' });
    response.flushHeaders();
    broadcast.cancelLinger();
    broadcast.clients.add(response);
    response.on('error', () => {}); // the close that follows is what counts
    response.on('close', () => {
      broadcast.clients.delete(response);
      if (broadcast.clients.size === 0)
        broadcast.cancelLinger = clock.setTimeout(() => end(camera.id, broadcast), LINGER_MS);
    });
  }

  async function broadcastOf(camera: DrillCamera, can: SceneAbilities): Promise<Broadcast> {
    const nameFile = join(nameFolder, `${camera.id}.txt`);
    // Without a Chinese font the name would be boxes.
    if (named) await writeFile(nameFile, font?.chinese ? `${camera.id}  ${camera.name}` : camera.id);
    const existing = broadcasts.get(camera.id);
    if (existing) return existing;
    const clients = new Set<ServerResponse>();
    const broadcast: Broadcast = { clients, running: undefined, cancelLinger: () => {} };
    broadcasts.set(camera.id, broadcast);
    const look = lookOf(camera.id, camera.scene);
    const request = {
      file: sceneFile(dataDir, camera.scene),
      fps: SCENE_FORMAT.fps,
      offsetSeconds: look.offsetSeconds,
      look: look.filters,
      overlay: font && named ? { nameFile, fontFile: font.file } : undefined,
    };
    broadcast.running = ffmpeg.streamScene(request, can, {
      bytes(chunk) {
        for (const client of clients) {
          if (client.writableLength > MAX_UNREAD_BYTES) client.destroy();
          else client.write(chunk);
        }
      },
      ended(why) {
        log.warn({ cameraId: camera.id, ...why }, 'drill camera encoder ended');
        end(camera.id, broadcast);
      },
    });
    return broadcast;
  }

  function end(cameraId: string, broadcast: Broadcast): void {
    if (broadcasts.get(cameraId) === broadcast) broadcasts.delete(cameraId);
    broadcast.cancelLinger();
    broadcast.running?.stop();
    for (const client of [...broadcast.clients]) client.destroy();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'drill camera server');
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    port,
    url: (cameraId) => `http://127.0.0.1:${port}/cam/${encodeURIComponent(cameraId)}.ts?k=${token}`,
    has: (cameraId) => cameras.has(cameraId),
    setGone(cameraId, isGone) {
      if (!isGone) gone.delete(cameraId);
      else {
        gone.add(cameraId);
        const broadcast = broadcasts.get(cameraId);
        if (broadcast) end(cameraId, broadcast);
      }
    },
    running: () =>
      [...broadcasts].flatMap(([cameraId, { running }]) =>
        running?.pid === undefined ? [] : [{ cameraId, pid: running.pid }],
      ),
    close() {
      for (const [cameraId, broadcast] of [...broadcasts]) end(cameraId, broadcast);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(words);
}
