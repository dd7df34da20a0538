import type { VideoKind } from '../../contract/video.ts';
import { decodeVideoPacket } from '../../contract/video.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  type CameraStream,
  DEFAULT_PATIENCE,
  openCameraStream,
  type StreamPatience,
  type StreamStatus,
} from './cameraStream.ts';
import type { Ffmpeg, PictureSource, StreamOutput, StreamSource } from './ffmpeg.ts';
import { bestState, type CameraHealth } from './health.ts';

/** How a window wants a camera. */
export interface WatchRequest {
  /**
   * `h264`: passed through or nothing. `i420`: decoded by ffmpeg, for pages without WebCodecs. `auto`: passed through
   * where the camera sends H.264, decoded otherwise.
   */
  readonly mode: 'auto' | VideoKind;
  /** Pixels of the tile, for decoded pictures; rounded up to a size that windows share. */
  readonly width?: number;
}

/** Where a window's packets go. */
export interface WatchSink {
  /**
   * `true`: taken. `false`: the window is behind; it gets nothing more until the next key picture, and the loss is
   * counted. The bytes are shared with other windows: read only.
   */
  packet(packet: Uint8Array, key: boolean): boolean;
  state(health: CameraHealth): void;
}

/** One window watching one camera. */
export interface Watch {
  stop(): void;
}

/** The cameras' addresses; asked anew before each attempt. */
export interface CameraSources {
  source(cameraId: string): StreamSource | undefined;
}

interface VideoServiceOptions {
  readonly ffmpeg: Ffmpeg;
  readonly clock: Clock;
  readonly log: Log;
  readonly cameras: CameraSources;
  /** 0 ≤ r < 1, spreads the attempts to reconnect. */
  readonly random: () => number;
  readonly patience?: Partial<StreamPatience>;
  /** A stream nobody watches any more is kept for so long. */
  readonly lingerMs?: number;
}

/** Live video for all windows of a hall: one ffmpeg a camera and form, supervised, shared by everyone who watches. */
export interface VideoService {
  watch(cameraId: string, request: WatchRequest, sink: WatchSink): Watch;
  /** Every camera that was watched since the start. */
  health(): readonly CameraHealth[];
  /** Called with a camera's health whenever its state changes; the answer ends it. */
  onHealth(listener: (health: CameraHealth) => void): () => void;
  /** JPEG of the newest picture, from the stream that runs, or from the camera when none does. Rejects in words. */
  snapshot(cameraId: string): Promise<Uint8Array>;
  /** The running ffmpeg processes, for the resources view. */
  processes(): readonly { readonly cameraId: string; readonly kind: VideoKind; readonly pid: number }[];
  close(): void;
}

interface Watcher {
  readonly request: WatchRequest;
  readonly sink: WatchSink;
  stream: SharedStream;
  waitsForKey: boolean;
}

interface SharedStream {
  readonly key: string;
  readonly kind: VideoKind;
  readonly stream: CameraStream;
  readonly watchers: Set<Watcher>;
  cancelLinger: () => void;
}

interface WatchedCamera {
  readonly id: string;
  readonly streams: Map<string, SharedStream>;
  codec: string | undefined;
  codecString: string | undefined;
  dropped: number;
  idleSince: number;
  lastFrameAt: number | undefined;
}

/** Decoded pictures come in these widths, 16:9, so that windows with slightly different tiles share one ffmpeg. */
const TILE_WIDTHS = [160, 240, 320, 480, 640, 960, 1280] as const;
const DECODED_FPS = 15;

/** @see VideoService */
export function createVideoService(options: VideoServiceOptions): VideoService {
  const { ffmpeg, clock, log, cameras, random, lingerMs = 10_000 } = options;
  const patience: StreamPatience = { ...DEFAULT_PATIENCE, ...options.patience };
  const watched = new Map<string, WatchedCamera>();
  const listeners = new Set<(health: CameraHealth) => void>();

  function cameraOf(id: string): WatchedCamera {
    let camera = watched.get(id);
    if (!camera) {
      camera = {
        id,
        streams: new Map(),
        codec: undefined,
        codecString: undefined,
        dropped: 0,
        idleSince: clock.now(),
        lastFrameAt: undefined,
      };
      watched.set(id, camera);
    }
    return camera;
  }

  function outputFor(camera: WatchedCamera, request: WatchRequest): StreamOutput {
    const passThrough = request.mode === 'h264' || (request.mode === 'auto' && (camera.codec ?? 'h264') === 'h264');
    if (passThrough) return { kind: 'h264' };
    const wanted = request.width ?? 480;
    const width = TILE_WIDTHS.find((each) => each >= wanted) ?? 1280;
    return { kind: 'i420', width, height: (width * 9) / 16 - (((width * 9) / 16) % 2), fps: DECODED_FPS };
  }

  function shared(camera: WatchedCamera, output: StreamOutput): SharedStream {
    const key = output.kind === 'h264' ? 'h264' : `i420:${output.width}`;
    const existing = camera.streams.get(key);
    if (existing) {
      existing.cancelLinger();
      return existing;
    }
    const watchers = new Set<Watcher>();
    const stream = openCameraStream({
      cameraId: camera.id,
      output,
      ffmpeg,
      clock,
      log,
      random,
      patience,
      source: () => cameras.source(camera.id),
      onPacket: (packet, isKey) => {
        for (const watcher of watchers) deliver(camera, watcher, packet, isKey);
      },
      // The stream speaks while it is being opened, before it stands in the map: then there is nobody to tell yet.
      onChange: () => {
        if (camera.streams.get(key)?.watchers === watchers) tell(camera);
      },
      onCodec: (codec) => learn(camera, codec.name),
    });
    const made: SharedStream = { key, kind: output.kind, stream, watchers, cancelLinger: () => {} };
    camera.streams.set(key, made);
    return made;
  }

  function deliver(camera: WatchedCamera, watcher: Watcher, packet: Uint8Array, isKey: boolean): void {
    if (watcher.waitsForKey && !isKey) {
      camera.dropped += 1;
      return;
    }
    const taken = watcher.sink.packet(packet, isKey);
    watcher.waitsForKey = !taken;
    if (!taken) camera.dropped += 1;
  }

  function join(camera: WatchedCamera, watcher: Watcher): void {
    watcher.stream.watchers.add(watcher);
    watcher.sink.state(healthOf(camera, watcher.stream));
    const recent = watcher.stream.stream.recent();
    // Mid-picture-group without a cache: nothing is decodable until the next key picture.
    watcher.waitsForKey = recent.length === 0;
    for (const [index, packet] of recent.entries())
      deliver(camera, watcher, packet, index === 0 || watcher.stream.kind === 'i420');
  }

  function leave(camera: WatchedCamera, watcher: Watcher, afterMs: number): void {
    const { stream } = watcher;
    stream.watchers.delete(watcher);
    if (stream.watchers.size > 0) return;
    stream.cancelLinger();
    const end = () => {
      stream.stream.close();
      camera.lastFrameAt = stream.stream.status().lastFrameAt ?? camera.lastFrameAt;
      camera.streams.delete(stream.key);
      if (camera.streams.size === 0) camera.idleSince = clock.now();
      tell(camera);
    };
    if (afterMs === 0) end();
    else stream.cancelLinger = clock.setTimeout(end, afterMs);
  }

  /** What the camera really sends has become known: whoever asked for `auto` goes to the form that fits it. */
  function learn(camera: WatchedCamera, codec: string): void {
    if (camera.codec !== codec) log.info({ cameraId: camera.id, codec }, 'camera codec');
    camera.codec = codec;
    const everyone = [...camera.streams.values()].flatMap((stream) => [...stream.watchers]);
    for (const watcher of everyone) {
      if (watcher.request.mode !== 'auto' || outputFor(camera, watcher.request).kind === watcher.stream.kind) continue;
      leave(camera, watcher, 0);
      watcher.stream = shared(camera, outputFor(camera, watcher.request));
      join(camera, watcher);
    }
    tell(camera);
  }

  function healthOf(camera: WatchedCamera, of?: SharedStream): CameraHealth {
    const streams = [...camera.streams.values()];
    const status: StreamStatus | undefined =
      of?.stream.status() ?? bestState(streams.map((each) => each.stream.status()));
    camera.codecString = status?.codecString ?? camera.codecString;
    const rejected = streams.reduce((sum, each) => sum + each.stream.status().rejected, 0);
    return {
      cameraId: camera.id,
      state: status?.state ?? 'idle',
      since: status?.since ?? camera.idleSince,
      lastFrameAt: status?.lastFrameAt ?? camera.lastFrameAt,
      codec: camera.codec,
      codecString: camera.codecString,
      mode: status?.kind,
      width: status?.width ?? 0,
      height: status?.height ?? 0,
      framesPerSecond: status?.framesPerSecond ?? 0,
      bitsPerSecond: status?.bitsPerSecond ?? 0,
      dropped: camera.dropped + rejected,
      attempts: status?.attempts ?? 0,
      retryAt: status?.retryAt,
      lastError:
        status?.kind === 'h264' && camera.codec !== undefined && camera.codec !== 'h264'
          ? { code: 'other-codec', detail: `the camera sends ${camera.codec}, which is not passed through` }
          : status?.lastError,
      watchers: streams.reduce((sum, each) => sum + each.watchers.size, 0),
    };
  }

  function tell(camera: WatchedCamera): void {
    for (const stream of camera.streams.values()) {
      for (const watcher of stream.watchers) watcher.sink.state(healthOf(camera, stream));
    }
    for (const listener of listeners) listener(healthOf(camera));
  }

  function newestPicture(camera: WatchedCamera | undefined): PictureSource | undefined {
    for (const { kind, stream } of camera?.streams.values() ?? []) {
      const packets = stream.recent().map(decodeVideoPacket);
      const last = packets.at(-1);
      if (!last) continue;
      if (kind === 'i420') return { kind, bytes: last.payload, width: last.width, height: last.height };
      return { kind, bytes: Buffer.concat(packets.map((packet) => packet.payload)) };
    }
    return undefined;
  }

  return {
    watch(cameraId, request, sink) {
      const camera = cameraOf(cameraId);
      const watcher: Watcher = { request, sink, stream: shared(camera, outputFor(camera, request)), waitsForKey: true };
      join(camera, watcher);
      let stopped = false;
      return {
        stop() {
          if (!stopped) leave(camera, watcher, lingerMs);
          stopped = true;
        },
      };
    },
    health: () => [...watched.values()].map((camera) => healthOf(camera)),
    onHealth(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async snapshot(cameraId) {
      const newest = newestPicture(watched.get(cameraId));
      if (newest) return ffmpeg.picture(newest);
      const source = cameras.source(cameraId);
      if (!source) throw new Error(`no camera ${cameraId} with a stream`);
      return ffmpeg.picture({ kind: 'stream', source });
    },
    processes: () =>
      [...watched.values()].flatMap((camera) =>
        [...camera.streams.values()].flatMap(({ kind, stream }) => {
          const pid = stream.pid();
          return pid === undefined ? [] : [{ cameraId: camera.id, kind, pid }];
        }),
      ),
    close() {
      for (const camera of watched.values()) {
        for (const stream of camera.streams.values()) {
          stream.cancelLinger();
          stream.stream.close();
        }
        camera.streams.clear();
      }
      listeners.clear();
    },
  };
}
