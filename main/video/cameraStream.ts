import type { VideoKind } from '../../contract/video.ts';
import { backoffMs } from '../../core/backoff.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CameraSource } from './askedSource.ts';
import type { Ffmpeg, RunningStream, StreamCodec, StreamEnd, StreamOutput } from './ffmpeg.ts';
import type { CameraState } from './health.ts';
import { createPace } from './pace.ts';
import { createPacketizer, type Packetizer } from './packets.ts';
import type { StreamPatience } from './patience.ts';
import { createPictureGroup, type KeepBudget } from './pictureGroup.ts';
import { createRates } from './rates.ts';

const CHECK_MS = 500;
const PREPARING_RETRY_MS = 1_500;
const BUSY_RETRY_MS = 1_000;
const OTHERWISE_RETRY_MS = 1_000;
/** A picture at which decoding could begin has come: an IDR is waited for so much longer. */
const AFTER_ENTRY_MS = 2_000;
/** Bytes but no picture for so long beyond its pace: something is stuck. */
const STUCK_MS = 60_000;
const WAITING: StreamEnd = { code: 'waiting-key', detail: 'it sends, but no picture to begin with has come yet' };

interface CameraStreamOptions {
  readonly cameraId: string;
  readonly output: StreamOutput;
  readonly ffmpeg: Ffmpeg<CameraSource>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly patience: StreamPatience;
  readonly keep: KeepBudget;
  /** Asked before every attempt, so that a changed address is taken up by itself. */
  readonly source: () => CameraSource | undefined;
  readonly onPacket: (packet: Uint8Array, key: boolean) => void;
  readonly onChange: () => void;
  readonly onCodec: (codec: StreamCodec) => void;
  /**
   * It is H.264 without a picture at which a page could begin: it has to be decoded here. `lasting`: it seems to be made so;
   * otherwise the next one may just be far. May close the stream.
   */
  readonly onKeyless: (lasting: boolean) => void;
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
  /**
   * Packets from the last key picture to now, so that a new window sees a picture at once: the same array, growing, until the
   * next key picture. Undefined where they were let go.
   */
  recent(): readonly Uint8Array[] | undefined;
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
  const group = createPictureGroup(options.keep);
  let pace = createPace(patience);
  let arrivedAt = 0;
  let entryAt: number | undefined;
  let lenient = false;
  const rates = createRates(clock);
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
    arrivedAt = startedAt;
    entryAt = undefined;
    lastFrameMonotonic = -1;
    pace = createPace(patience);
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
    const asked: StreamOutput = lenient && output.kind === 'i420' ? { ...output, lenient } : output;
    running = ffmpeg.pull(source, asked, {
      arrived() {
        if (mine === generation) arrivedAt = clock.monotonic();
      },
      bytes(chunk) {
        if (mine !== generation) return;
        arrivedAt = clock.monotonic();
        rates.bytes(chunk.length);
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
    rates.frame();
    pace.picture(lastFrameMonotonic);
    group.add(packet, key);
    options.onPacket(packet, key);
    if (state !== 'live') {
      liveSince = lastFrameMonotonic;
      if (state !== 'stale') log.info({ cameraId, kind: output.kind, attempts }, 'camera is live');
      attempts = 0;
      if (lastError?.code === WAITING.code) lastError = undefined;
      become('live');
    }
  }

  function check(): void {
    const now = clock.monotonic();
    rates.look(now);
    if (lastFrameMonotonic < 0 ? isLostBefore(now) : isLost(now)) return;
    if (closed) return;
    schedule(check, CHECK_MS);
  }

  /** Before the first picture. @returns whether this attempt is over */
  function isLostBefore(now: number): boolean {
    const waited = now - startedAt;
    if (now - arrivedAt >= patience.connectMs || waited >= patience.firstPictureMs) {
      lose({ code: 'timeout', detail: `no picture within ${Math.round(waited / 1000)} s` });
      return true;
    }
    if (arrivedAt === startedAt || waited < patience.staleMs) return false;
    if ((packetizer?.entries() ?? 0) > 0) entryAt ??= now;
    const keyless = waited >= patience.keylessMs || (entryAt !== undefined && now - entryAt >= AFTER_ENTRY_MS);
    if (keyless && output.kind === 'h264') options.onKeyless(entryAt !== undefined);
    else if (keyless && !lenient) {
      tryOtherwise(WAITING);
      return true;
    }
    if (!closed) wait(WAITING);
    return false;
  }

  /** After it. @returns whether this attempt is over */
  function isLost(now: number): boolean {
    const silence = now - lastFrameMonotonic;
    const { staleMs, goneMs } = pace.limits();
    if (now - Math.max(lastFrameMonotonic, arrivedAt) >= goneMs || silence >= goneMs + STUCK_MS) {
      lose({ code: 'timeout', detail: `no picture for ${Math.round(silence / 1000)} s` });
      return true;
    }
    if (silence >= staleMs) become('stale', lastFrameAt ?? clock.now());
    else if (state === 'live' && now - liveSince >= patience.settledMs) {
      failuresInARow = 0;
      lastError = undefined;
    }
    return false;
  }

  /** It sends, and is waited for: that is not gone. */
  function wait(why: StreamEnd): void {
    const news = lastError?.code !== why.code;
    lastError = why;
    if (state !== 'connecting') become('connecting');
    else if (news) options.onChange();
  }

  function drop(): void {
    generation += 1;
    running?.stop();
    running = undefined;
    rejected += packetizer?.rejected() ?? 0;
    packetizer = undefined;
    group.clear();
    rates.reset();
  }

  /** Not lost: it sends, and the next attempt asks for less than this one could begin with. */
  function tryOtherwise(why: StreamEnd): void {
    drop();
    wait(why);
    if (output.kind === 'h264') options.onKeyless(false);
    else lenient = true;
    schedule(start, OTHERWISE_RETRY_MS);
  }

  function lose(end: StreamEnd): void {
    if (end.code === WAITING.code && output.kind === 'h264') {
      tryOtherwise(end);
      return;
    }
    drop();
    const news = lastError?.code !== end.code || state !== 'gone';
    lastError = end;
    const fixed = end.code === 'preparing' ? PREPARING_RETRY_MS : end.code === 'busy' ? BUSY_RETRY_MS : undefined;
    const pause =
      fixed ?? backoffMs({ firstMs: patience.retryFirstMs, maxMs: patience.retryMaxMs }, failuresInARow, random());
    if (fixed === undefined) failuresInARow += 1;
    attempts += 1;
    retryAt = clock.now() + pause;
    if (news)
      log.warn({ cameraId, kind: output.kind, code: end.code, detail: end.detail, retryInMs: pause }, 'camera is gone');
    schedule(start, pause);
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
    recent: () => group.packets(),
    pid: () => running?.pid,
    close() {
      closed = true;
      generation += 1;
      cancelTimer();
      running?.stop();
      running = undefined;
      group.clear();
    },
  };
}
