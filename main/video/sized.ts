import type { Clock } from '../clock.ts';
import type { WatchRequest, WhichStream } from './output.ts';
import type { VideoService, Watch } from './service.ts';
import type { WatchSink } from './watched.ts';

/**
 * How many times as wide as the smaller stream's pictures a tile is: where none is wider than `small` it will do, and where one is wider than
 * `large` it will not. Between them it stays.
 */
const TIMES = { small: 1.25, large: 1.6 } as const;
/** Pixels of its pictures while nobody knows. */
const LIKELY_PX = 512;
/** So long all have to be small before the camera goes back to its smaller stream: who pages through pictures enlarges the next. */
const SETTLE_MS = 5_000;
/** A smaller stream that was lost is not asked for again for so long. */
const AVOID_MS = 60_000;

/** A window that watches a camera by whichever of its streams fits. */
interface Viewer {
  readonly request: WatchRequest;
  readonly sink: WatchSink;
  /** What it sees. */
  on: Stream;
  /** What it will see once that has a picture to begin with. */
  coming: Stream | undefined;
}

interface Stream {
  readonly which: WhichStream;
  watch: Watch | undefined;
  over: boolean;
}

interface Sized {
  readonly id: string;
  which: WhichStream;
  readonly viewers: Set<Viewer>;
  cancel: () => void;
}

/**
 * The same video service, by which a camera that has a smaller stream is played by that one while every window shows it small, and by its
 * main one while somebody looks large. A window keeps its picture until the other stream has one.
 *
 * @param options.hasSub whether a camera has a smaller stream
 */
export function createSizedVideo(options: {
  video: Pick<VideoService, 'watch'>;
  hasSub(camera: string): boolean;
  clock: Clock;
  settleMs?: number;
}): Pick<VideoService, 'watch'> {
  const { video, hasSub, clock, settleMs = SETTLE_MS } = options;
  const cameras = new Map<string, Sized>();
  /** Until when a camera's smaller stream is not asked for, by the monotonic clock. */
  const avoided = new Map<string, number>();

  const isAvoided = (id: string): boolean => (avoided.get(id) ?? 0) > clock.monotonic();
  /** Pixels of the pictures of a camera's smaller stream, as far as they are known. */
  const sizes = new Map<string, number>();
  const subPx = (id: string): number => sizes.get(id) ?? LIKELY_PX;
  const widestOf = ({ viewers }: Sized): number =>
    Math.max(...[...viewers].map(({ request }) => request.width ?? Number.POSITIVE_INFINITY));

  /** Brings everybody to the stream that fits now, or will after a while. */
  function look(camera: Sized): void {
    camera.cancel();
    const widest = widestOf(camera);
    const avoidFor = (avoided.get(camera.id) ?? 0) - clock.monotonic();
    if (!hasSub(camera.id) || widest > TIMES.large * subPx(camera.id)) camera.which = 'main';
    else if (avoidFor > 0) {
      camera.which = 'main';
      camera.cancel = clock.setTimeout(() => look(camera), avoidFor);
    } else if (widest <= TIMES.small * subPx(camera.id) && camera.which === 'main')
      camera.cancel = clock.setTimeout(() => {
        camera.which = 'sub';
        bringAll(camera);
      }, settleMs);
    bringAll(camera);
  }

  function bringAll(camera: Sized): void {
    for (const viewer of camera.viewers) bring(camera, viewer);
  }

  function bring(camera: Sized, viewer: Viewer): void {
    const { which } = camera;
    if ((viewer.coming ?? viewer.on).which === which) return;
    if (viewer.coming) end(viewer.coming);
    viewer.coming = undefined;
    if (viewer.on.which === which) return;
    const next: Stream = { which, watch: undefined, over: false };
    if (isAvoided(camera.id)) {
      // There is nothing to keep.
      end(viewer.on);
      viewer.on = next;
    } else viewer.coming = next;
    open(camera, viewer, next);
  }

  function open(camera: Sized, viewer: Viewer, stream: Stream): void {
    const watch = video.watch(
      camera.id,
      { ...viewer.request, stream: stream.which },
      {
        packet(packet, key) {
          if (stream.over) return true;
          if (viewer.on !== stream) {
            // Nothing can begin with one that leans on others.
            if (!key) return true;
            end(viewer.on);
            viewer.on = stream;
            viewer.coming = undefined;
          }
          return viewer.sink.packet(packet, key);
        },
        state(health) {
          if (stream.over) return;
          if (viewer.on === stream) viewer.sink.state(health);
          if (stream.which !== 'sub') return;
          if (health.state === 'gone') lost(camera);
          else if (health.mode === 'h264' && health.width > 0) sizeOf(camera, health.width);
        },
      },
    );
    stream.watch = watch;
    if (stream.over) watch.stop();
  }

  /** The smaller stream of a camera is gone: nobody waits for it. */
  function lost(camera: Sized): void {
    if (isAvoided(camera.id)) return;
    avoided.set(camera.id, clock.monotonic() + AVOID_MS);
    later(camera);
  }

  function sizeOf(camera: Sized, px: number): void {
    if (sizes.get(camera.id) === px) return;
    sizes.set(camera.id, px);
    later(camera);
  }

  /** Not while it speaks. */
  function later(camera: Sized): void {
    queueMicrotask(() => {
      if (camera.viewers.size > 0) look(camera);
    });
  }

  function end(stream: Stream): void {
    stream.over = true;
    stream.watch?.stop();
  }

  return {
    watch(id, request, sink) {
      const width = request.width ?? Number.POSITIVE_INFINITY;
      const camera = cameras.get(id) ?? {
        ...{ id, viewers: new Set<Viewer>(), cancel: () => {} },
        which: hasSub(id) && width <= TIMES.small * subPx(id) ? ('sub' as const) : ('main' as const),
      };
      cameras.set(id, camera);
      // It sees at once what the others see.
      const [other] = camera.viewers;
      const on: Stream = { which: other?.on.which ?? camera.which, watch: undefined, over: false };
      const viewer: Viewer = { request, sink, on, coming: undefined };
      camera.viewers.add(viewer);
      open(camera, viewer, on);
      look(camera);
      let stopped = false;
      return {
        stop() {
          if (stopped) return;
          stopped = true;
          end(viewer.on);
          if (viewer.coming) end(viewer.coming);
          camera.viewers.delete(viewer);
          if (camera.viewers.size > 0) {
            look(camera);
            return;
          }
          camera.cancel();
          cameras.delete(id);
        },
      };
    },
  };
}
