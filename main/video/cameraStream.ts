import type { VideoKind } from '../../contract/video.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';
import type { Ffmpeg, RunningStream, StreamCodec, StreamEnd, StreamOutput, StreamSource } from './ffmpeg.ts';
import type { CameraState } from './health.ts';
import { createPacketizer, type Packetizer } from './packets.ts';

/** How patient a stream is; milliseconds. */
export interface StreamPatience {
  /** No picture for so long: stale. */
  readonly staleMs: number;
  /** No picture for so long: given up and started anew. */
  readonly goneMs: number;
  /** No first picture within so long: given up. */
  readonly connectMs: number;
  readonly retryFirstMs: number;
  readonly retryMaxMs: number;
  /** Live for so long: what went wrong before is forgotten. */
  readonly settledMs: number;
}

export const DEFAULT_PATIENCE: StreamPatience = {
  staleMs: 2_000,
  goneMs: 8_000,
  connectMs: 15_000,
  retryFirstMs: 500,
  retryMaxMs: 30_000,
  settledMs: 10_000,
};

const CHECK_MS = 500;
const PREPARING_RETRY_MS = 1_500;
const MAX_GOP_PACKETS = 600;
const MAX_GOP_BYTES = 8 * 1024 * 1024;

interface CameraStreamOptions {
  readonly cameraId: string;
  readonly output: StreamOutput;
  readonly ffmpeg: Ffmpeg;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly patience: StreamPatience;
  /** Asked before every attempt, so that a changed address is taken up by itself. */
  readonly source: () => StreamSource | undefined;
  readonly onPacket: (packet: Uint8Array, key: boolean) => void;
  readonly onChange: () => void;
  readonly onCodec: (codec: StreamCodec) => void;
}

/** What is known of one stream now. */
export interface StreamStatus {
  readonly state: Exclude<CameraState, 'idle'>;
  readonly since: number;
  readonly lastFrameAt: number | undefined;
  readonly codecString: string | undefined;
  readonly kind: VideoKind;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  readonly rejected: number;
  readonly attempts: number;
  readonly retryAt: number | undefined;
  readonly lastError: StreamEnd | undefined;
}

/** One camera in one form (passed through, or decoded to one size): one supervised ffmpeg, whoever watches. */
export interface CameraStream {
  status(): StreamStatus;
  /** Packets from the last key picture to now, so that a new window sees a picture at once. */
  recent(): readonly Uint8Array[];
  /** Of the running ffmpeg. */
  pid(): number | undefined;
  close(): void;
}

/** Starts at once, and goes on by itself until closed. */
export function openCameraStream(options: CameraStreamOptions): CameraStream {
  const { cameraId, output, ffmpeg, clock, log, random, patience } = options;
  let state: StreamStatus['state'] = 'connecting';
  let since = clock.now();
  let running: RunningStream | undefined;
  let packetizer: Packetizer | undefined;
  let generation = 0;
  let closed = false;
  let startedAt = 0;
  let liveSince = 0;
  let lastFrameAt: number | undefined;
  let lastFrameMonotonic = -1;
  let facts = { codecString: undefined as string | undefined, width: 0, height: 0 };
  let attempts = 0;
  let failuresInARow = 0;
  let retryAt: number | undefined;
  let lastError: StreamEnd | undefined;
  let rejected = 0;
  let gop: Uint8Array[] = [];
  let gopBytes = 0;
  let rates = { frames: 0, bytes: 0, since: clock.monotonic(), framesPerSecond: 0, bitsPerSecond: 0 };
  let cancelTimer = () => {};

  function become(next: StreamStatus['state'], at = clock.now()): void {
    if (state === next) return;
    state = next;
    since = at;
    options.onChange();
  }

  function start(): void {
    if (closed) return;
    retryAt = undefined;
    generation += 1;
    const mine = generation;
    const source = options.source();
    if (!source) {
      lose({ code: 'no-such-camera', detail: `no camera ${cameraId} with a stream` });
      return;
    }
    startedAt = clock.monotonic();
    lastFrameMonotonic = -1;
    packetizer = createPacketizer({
      cameraId,
      output,
      monotonic: () => clock.monotonic(),
      onPacket: picture,
      onFacts(next) {
        facts = next;
        options.onChange();
      },
    });
    running = ffmpeg.pull(source, output, {
      bytes(chunk) {
        if (mine !== generation) return;
        rates.bytes += chunk.length;
        packetizer?.push(chunk);
      },
      codec(codec) {
        if (mine !== generation) return;
        options.onCodec(codec);
      },
      ended(end) {
        if (mine === generation) lose(end);
      },
    });
    schedule(check, CHECK_MS);
  }

  function picture(packet: Uint8Array, key: boolean): void {
    lastFrameMonotonic = clock.monotonic();
    lastFrameAt = clock.now();
    rates.frames += 1;
    if (key) {
      gop = [];
      gopBytes = 0;
    }
    // Past the limit the group is let go: a new window then waits for the next key picture.
    if (key || (gop.length > 0 && gop.length < MAX_GOP_PACKETS && gopBytes < MAX_GOP_BYTES)) {
      gop.push(packet);
      gopBytes += packet.length;
    } else {
      gop = [];
    }
    options.onPacket(packet, key);
    if (state !== 'live') {
      liveSince = lastFrameMonotonic;
      if (state !== 'stale') log.info({ cameraId, kind: output.kind, attempts }, 'camera is live');
      attempts = 0;
      become('live');
    }
  }

  function check(): void {
    const now = clock.monotonic();
    if (now - rates.since >= 2_000) {
      const seconds = (now - rates.since) / 1000;
      rates = {
        frames: 0,
        bytes: 0,
        since: now,
        framesPerSecond: rates.frames / seconds,
        bitsPerSecond: (rates.bytes * 8) / seconds,
      };
    }
    const silence = now - (lastFrameMonotonic < 0 ? startedAt : lastFrameMonotonic);
    if (lastFrameMonotonic < 0) {
      if (silence >= patience.connectMs) {
        lose({ code: 'timeout', detail: `no picture within ${Math.round(silence / 1000)} s` });
        return;
      }
    } else if (silence >= patience.goneMs) {
      lose({ code: 'timeout', detail: `no picture for ${Math.round(silence / 1000)} s` });
      return;
    } else if (silence >= patience.staleMs) {
      become('stale', lastFrameAt ?? clock.now());
    } else if (state === 'live' && now - liveSince >= patience.settledMs) {
      failuresInARow = 0;
      lastError = undefined;
    }
    schedule(check, CHECK_MS);
  }

  function lose(end: StreamEnd): void {
    generation += 1;
    running?.stop();
    running = undefined;
    rejected += packetizer?.rejected() ?? 0;
    packetizer = undefined;
    gop = [];
    rates = { frames: 0, bytes: 0, since: clock.monotonic(), framesPerSecond: 0, bitsPerSecond: 0 };
    const news = lastError?.code !== end.code || state !== 'gone';
    lastError = end;
    const wait =
      end.code === 'preparing'
        ? PREPARING_RETRY_MS
        : backoffMs({ firstMs: patience.retryFirstMs, maxMs: patience.retryMaxMs }, failuresInARow, random());
    if (end.code !== 'preparing') failuresInARow += 1;
    attempts += 1;
    retryAt = clock.now() + wait;
    if (news)
      log.warn({ cameraId, kind: output.kind, code: end.code, detail: end.detail, retryInMs: wait }, 'camera is gone');
    schedule(start, wait);
    if (state === 'gone') options.onChange();
    // Gone since its last picture, where it had one.
    else become('gone', state === 'connecting' ? clock.now() : (lastFrameAt ?? clock.now()));
  }

  function schedule(run: () => void, ms: number): void {
    cancelTimer();
    cancelTimer = closed ? () => {} : clock.setTimeout(run, ms);
  }

  start();
  return {
    status: () => ({
      state,
      since,
      lastFrameAt,
      codecString: facts.codecString,
      kind: output.kind,
      width: facts.width,
      height: facts.height,
      framesPerSecond: rates.framesPerSecond,
      bitsPerSecond: rates.bitsPerSecond,
      rejected: rejected + (packetizer?.rejected() ?? 0),
      attempts,
      retryAt,
      lastError,
    }),
    recent: () => (state === 'live' || state === 'stale' ? gop : []),
    pid: () => running?.pid,
    close() {
      closed = true;
      generation += 1;
      cancelTimer();
      running?.stop();
      running = undefined;
      gop = [];
    },
  };
}
