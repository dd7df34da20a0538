import type { VideoKind } from '../../contract/video.ts';
import { decodeVideoPacket } from '../../contract/video.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { askFirst, type CameraSource } from './askedSource.ts';
import { cameraHealth } from './cameraHealth.ts';
import { openCameraStream } from './cameraStream.ts';
import { createDelivery } from './delivery.ts';
import type { Ffmpeg, PictureSource, StreamCodec, StreamOutput } from './ffmpeg.ts';
import { bestState, type CameraHealth } from './health.ts';
import { frameWidthOf, keyOf, outputFor, type WatchRequest, type WhichStream } from './output.ts';
import { DEFAULT_PATIENCE, type StreamPatience } from './patience.ts';
import { createKeepBudget } from './pictureGroup.ts';
import { createProcessBudget, limitProcesses, type ProcessBudget } from './processBudget.ts';
import type { SharedStream, WatchedCamera, Watcher, WatchSink } from './watched.ts';

/** One window watching one camera. */
export interface Watch {
  stop(): void;
}

/** The cameras' addresses; asked anew before each attempt. */
export interface CameraSources {
  source(cameraId: string, which: WhichStream): CameraSource | undefined;
}

interface VideoServiceOptions {
  readonly ffmpeg: Ffmpeg;
  readonly clock: Clock;
  readonly log: Log;
  readonly cameras: CameraSources;
  /** 0 ≤ r < 1, spreads the attempts to reconnect. */
  readonly random: () => number;
  readonly patience?: Partial<StreamPatience>;
  /** A stream nobody watches any more is kept for so long; half a second where it never had a picture. */
  readonly lingerMs?: number;
  /** Left out: one of its own. */
  readonly processes?: ProcessBudget;
}

/** Live video for all windows of a hall: one ffmpeg a camera and form, supervised, shared by everyone who watches. */
export interface VideoService {
  watch(cameraId: string, request: WatchRequest, sink: WatchSink): Watch;
  /** Every camera that was watched since the start, and is still one. */
  health(): readonly CameraHealth[];
  /** Called with a camera's health whenever its state changes; the answer ends it. */
  onHealth(listener: (health: CameraHealth) => void): () => void;
  /** JPEG of the newest picture, from the stream that runs, or from the camera when none does. Rejects in words. */
  snapshot(cameraId: string): Promise<Uint8Array>;
  /** The running ffmpeg processes, for the resources view. */
  processes(): readonly { readonly cameraId: string; readonly kind: VideoKind; readonly pid: number }[];
  /** Resolves once the last process is gone. */
  close(): Promise<void>;
}

/** Kept packets of all cameras, bytes. */
const MOST_KEPT = 256 * 1024 * 1024;
const NEVER_LIVE_LINGER_MS = 500;
const STREAMS: readonly WhichStream[] = ['main', 'sub'];
const nameOf = (id: string, which: WhichStream): string => `${which} ${id}`;

/** @see VideoService */
export function createVideoService(options: VideoServiceOptions): VideoService {
  const { clock, log, cameras, random, lingerMs = 3_000, processes = createProcessBudget() } = options;
  const patience: StreamPatience = { ...DEFAULT_PATIENCE, ...options.patience };
  const watched = new Map<string, WatchedCamera>();
  const listeners = new Set<(health: CameraHealth) => void>();
  let regrouping = false;
  const keep = createKeepBudget(MOST_KEPT);
  const { deliver, pump, waitForKey } = createDelivery(clock, (camera, watcher) => {
    watcher.decodes = true;
    regroup(camera);
  });
  const ffmpeg = limitProcesses(askFirst(options.ffmpeg), processes, endUnwatched);

  /** Gives way to what somebody waits for. */
  function endUnwatched(): void {
    for (const camera of watched.values()) {
      for (const stream of camera.streams.values()) {
        if (!stream.end) continue;
        stream.end();
        return;
      }
    }
  }

  function cameraOf(id: string, which: WhichStream): WatchedCamera {
    let camera = watched.get(nameOf(id, which));
    if (!camera) {
      camera = {
        ...{ id, which },
        streams: new Map(),
        codec: undefined,
        codecString: undefined,
        frameWidth: 0,
        keyless: undefined,
        dropped: 0,
        idleSince: clock.now(),
        lastFrameAt: undefined,
      };
      watched.set(nameOf(id, which), camera);
    }
    return camera;
  }

  function shared(camera: WatchedCamera, output: StreamOutput): SharedStream {
    const key = keyOf(output);
    const existing = camera.streams.get(key);
    if (existing) {
      existing.cancelLinger();
      existing.end = undefined;
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
      source: () => cameras.source(camera.id, camera.which),
      keep,
      onPacket: (packet, isKey) => {
        for (const watcher of watchers) deliver(camera, watcher, packet, isKey);
      },
      // The stream speaks while it is being opened, before it stands in the map: then there is nobody to tell yet.
      onChange: () => {
        if (camera.streams.get(key)?.watchers === watchers) tell(camera);
      },
      onCodec: (codec) => learn(camera, codec),
      onKeyless(lasting) {
        if (camera.keyless) return;
        camera.keyless = lasting ? 'lasting' : 'now';
        log.info({ cameraId: camera.id }, 'camera has no key pictures: decoded for the windows');
        regroup(camera);
      },
    });
    const made: SharedStream = { key, kind: output.kind, stream, watchers, cancelLinger: () => {}, end: undefined };
    camera.streams.set(key, made);
    return made;
  }

  function join(camera: WatchedCamera, watcher: Watcher): void {
    watcher.stream.watchers.add(watcher);
    watcher.group = undefined;
    watcher.next = 0;
    watcher.current = false;
    const { stream } = watcher.stream;
    const group = stream.recent();
    if (!group && stream.status().lastFrameAt !== undefined && stream.status().state === 'live') {
      waitForKey(camera, watcher);
      return;
    }
    watcher.sink.state(cameraHealth(camera, watcher.stream));
    if (group) pump(camera, watcher, group);
  }

  function leave(camera: WatchedCamera, watcher: Watcher, afterMs: number): void {
    const { stream } = watcher;
    watcher.cancelWait();
    watcher.waitsSince = undefined;
    stream.watchers.delete(watcher);
    if (stream.watchers.size > 0) return;
    stream.cancelLinger();
    const status = stream.stream.status();
    stream.end = () => {
      stream.cancelLinger();
      stream.stream.close();
      camera.lastFrameAt = status.lastFrameAt ?? camera.lastFrameAt;
      camera.streams.delete(stream.key);
      if (camera.streams.size === 0) {
        camera.idleSince = clock.now();
        if (camera.keyless === 'now' && !regrouping) camera.keyless = undefined;
        if (!cameras.source(camera.id, camera.which)) watched.delete(nameOf(camera.id, camera.which));
      }
      tell(camera);
    };
    if (afterMs === 0) stream.end();
    else {
      const wait = status.lastFrameAt === undefined ? Math.min(afterMs, NEVER_LIVE_LINGER_MS) : afterMs;
      stream.cancelLinger = clock.setTimeout(stream.end, wait);
    }
  }

  /** What the camera really sends has become known: whoever watches goes to the form and size that fit it. */
  function learn(camera: WatchedCamera, { name, width, height }: StreamCodec): void {
    if (camera.codec !== name) log.info({ cameraId: camera.id, codec: name }, 'camera codec');
    camera.codec = name;
    camera.frameWidth = frameWidthOf(width, height) || camera.frameWidth;
    regroup(camera);
  }

  function regroup(camera: WatchedCamera): void {
    regrouping = true;
    const everyone = [...camera.streams.values()].flatMap((stream) => [...stream.watchers]);
    for (const watcher of everyone) {
      const output = outputFor(watcher.request, camera, watcher.decodes);
      if (keyOf(output) === watcher.stream.key) continue;
      leave(camera, watcher, 0);
      watcher.stream = shared(camera, output);
      join(camera, watcher);
    }
    regrouping = false;
    tell(camera);
  }

  function tell(camera: WatchedCamera): void {
    for (const stream of camera.streams.values()) {
      for (const watcher of stream.watchers) watcher.sink.state(cameraHealth(camera, stream, watcher));
    }
    const whole = wholeHealth(camera.id);
    if (whole) for (const listener of listeners) listener(whole);
  }

  /** Of a camera by whichever of its streams tells most. */
  function wholeHealth(id: string): CameraHealth | undefined {
    const all = STREAMS.flatMap((which) => watched.get(nameOf(id, which)) ?? []).map((camera) => cameraHealth(camera));
    const best = bestState(all);
    const sum = (of: 'dropped' | 'watchers') => all.reduce((total, each) => total + each[of], 0);
    return best && { ...best, dropped: sum('dropped'), watchers: sum('watchers') };
  }

  return {
    watch(cameraId, request, sink) {
      const camera = cameraOf(cameraId, request.stream ?? 'main');
      const watcher: Watcher = {
        request,
        sink,
        stream: shared(camera, outputFor(request, camera)),
        group: undefined,
        next: 0,
        current: false,
        waitsSince: undefined,
        decodes: false,
        cancelWait() {},
      };
      join(camera, watcher);
      let stopped = false;
      return {
        stop() {
          if (!stopped) leave(camera, watcher, lingerMs);
          stopped = true;
        },
      };
    },
    health: () => [...new Set([...watched.values()].map(({ id }) => id))].flatMap((id) => wholeHealth(id) ?? []),
    onHealth(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async snapshot(cameraId) {
      const newest = STREAMS.map((which) => newestPicture(watched.get(nameOf(cameraId, which)))).find(Boolean);
      if (newest) return ffmpeg.picture(newest);
      const source = cameras.source(cameraId, 'main');
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
          for (const watcher of stream.watchers) watcher.cancelWait();
          stream.stream.close();
        }
        camera.streams.clear();
      }
      listeners.clear();
      return ffmpeg.idle();
    },
  };
}

/** The newest picture that was kept of a camera, or the packets that end in it. */
function newestPicture(camera: WatchedCamera | undefined): PictureSource | undefined {
  for (const { kind, stream } of camera?.streams.values() ?? []) {
    const packets = (stream.recent() ?? []).map(decodeVideoPacket);
    const last = packets.at(-1);
    if (!last) continue;
    if (kind === 'i420') return { kind, bytes: last.payload, width: last.width, height: last.height };
    return { kind, bytes: Buffer.concat(packets.map((packet) => packet.payload)) };
  }
  return undefined;
}
