import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../main/clock.ts';
import type { Log } from '../../main/log.ts';
import type { RunningScene, SceneAbilities, SceneFfmpeg } from './ffmpeg.ts';
import { findOverlayFont, type OverlayFont } from './fonts.ts';
import { lookOf } from './looks.ts';
import { rtpPackets } from './rtp.ts';
import { SCENE_FORMAT, type SceneName, sceneFile } from './scenes.ts';

/** A camera of the drill city. */
export interface DrillCamera {
  readonly id: string;
  /** Burnt into its picture. */
  readonly name: string;
  readonly scene: SceneName;
}

/** Whoever watches a camera. */
export interface Viewer {
  /** Takes a piece of its stream. @param joins whether one who saw nothing before can begin with it */
  take(piece: Uint8Array, joins: boolean): void;
  /** Ends its connection. */
  cut(): void;
}

/** What a camera sends: a container, or packets of RTP as they go over RTSP. */
export type Form = 'mpegts' | 'rtp';

/** The encoders of the watched cameras: one a camera, however many watch it. */
export interface Broadcasts {
  /** What can be sent of its pictures now: its scene is there, and an ffmpeg. */
  ready(camera: DrillCamera): boolean;
  /** Begins to watch. Answers what ends it. */
  join(camera: DrillCamera, form: Form, viewer: Viewer): Promise<() => void>;
  /** Whether pictures of H.264 come of it. */
  readonly h264: boolean;
  /** Cuts all who watch a camera. */
  cut(cameraId: string): void;
  running(): readonly { readonly cameraId: string; readonly pid: number }[];
  close(): void;
}

interface Broadcast {
  readonly key: string;
  readonly cameraId: string;
  readonly viewers: Set<Viewer>;
  running: RunningScene | undefined;
  cancelLinger: () => void;
}

const LINGER_MS = 3_000;

/** @param options.dataDir where the scenes are */
export async function createBroadcasts(options: {
  clock: Clock;
  log: Log;
  dataDir: string;
  ffmpeg: SceneFfmpeg;
  font?: OverlayFont | undefined;
}): Promise<Broadcasts> {
  const { clock, log, dataDir, ffmpeg } = options;
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

  async function broadcastOf(camera: DrillCamera, form: Form, can: SceneAbilities): Promise<Broadcast> {
    const nameFile = join(nameFolder, `${camera.id}.txt`);
    // Without a Chinese font the name would be boxes.
    if (named) await writeFile(nameFile, font?.chinese ? `${camera.id}  ${camera.name}` : camera.id);
    const key = `${form} ${camera.id}`;
    const existing = broadcasts.get(key);
    if (existing) return existing;
    const viewers = new Set<Viewer>();
    const broadcast: Broadcast = { key, cameraId: camera.id, viewers, running: undefined, cancelLinger: () => {} };
    broadcasts.set(key, broadcast);
    const look = lookOf(camera.id, camera.scene);
    const request = {
      file: sceneFile(dataDir, camera.scene),
      fps: SCENE_FORMAT.fps,
      offsetSeconds: look.offsetSeconds,
      look: look.filters,
      overlay: font && named ? { nameFile, fontFile: font.file } : undefined,
      form: form === 'rtp' ? ('h264' as const) : form,
    };
    const give = (piece: Uint8Array, joins: boolean) => {
      for (const viewer of viewers) viewer.take(piece, joins);
    };
    broadcast.running = ffmpeg.streamScene(request, can, {
      bytes: form === 'rtp' ? rtpPackets(SCENE_FORMAT.fps, give) : (chunk) => give(chunk, true),
      ended(why) {
        log.warn({ cameraId: camera.id, ...why }, 'drill camera encoder ended');
        end(broadcast);
      },
    });
    return broadcast;
  }

  function end(broadcast: Broadcast): void {
    if (broadcasts.get(broadcast.key) === broadcast) broadcasts.delete(broadcast.key);
    broadcast.cancelLinger();
    broadcast.running?.stop();
    for (const viewer of [...broadcast.viewers]) viewer.cut();
  }

  return {
    h264: abilities !== undefined && abilities.encoder !== 'mpeg4',
    ready: (camera) => abilities !== undefined && existsSync(sceneFile(dataDir, camera.scene)),
    async join(camera, form, viewer) {
      if (!abilities) throw new Error('no ffmpeg to stream the scene with');
      const broadcast = await broadcastOf(camera, form, abilities);
      broadcast.cancelLinger();
      broadcast.viewers.add(viewer);
      return () => {
        broadcast.viewers.delete(viewer);
        if (broadcast.viewers.size === 0) broadcast.cancelLinger = clock.setTimeout(() => end(broadcast), LINGER_MS);
      };
    },
    cut(cameraId) {
      for (const broadcast of [...broadcasts.values()]) if (broadcast.cameraId === cameraId) end(broadcast);
    },
    running: () =>
      [...broadcasts.values()].flatMap(({ cameraId, running }) =>
        running?.pid === undefined ? [] : [{ cameraId, pid: running.pid }],
      ),
    close() {
      for (const broadcast of [...broadcasts.values()]) end(broadcast);
    },
  };
}
