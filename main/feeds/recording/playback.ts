import { createReadStream } from 'node:fs';
import type { Clock } from '../../clock.ts';
import { MOST_LINE, type Recorded, readLine } from './line.ts';

/** A recording that is played again and again takes so long at least, ms. */
const ROUND_MS = 1000;
/** After so many messages others have their turn. */
const AT_A_STRETCH = 50;
const LF = 0x0a;

/** A recording in place of a source: the same messages, in the same order, at the pace at which they came. */
export interface Playback {
  /**
   * Begins, once.
   *
   * @param take hears each message; the next is not read before what it answers is done
   */
  play(take: (message: Recorded) => void | Promise<void>): void;
  stop(): void;
}

/** Hears what becomes of a recording. */
export interface PlaybackEars {
  /** A line that is none of a recording, from 1. */
  unreadable(line: number): void;
  /** It is at its end. @param error of the system where it cannot be read; null where it was played */
  ended(error: NodeJS.ErrnoException | null): void;
}

/** @param speed so many times as fast as it came */
export function createPlayback(
  { file, speed, loop }: { readonly file: string; readonly speed: number; readonly loop: boolean },
  clock: Clock,
  ears: PlaybackEars,
): Playback {
  const stop = Promise.withResolvers<void>();
  let stopped = false;
  let begun = false;

  const rest = async (ms: number): Promise<void> => {
    const over = Promise.withResolvers<void>();
    const cancel = clock.setTimeout(over.resolve, ms);
    await Promise.race([over.promise, stop.promise]);
    cancel();
  };

  /** @returns whether there was anything in it */
  const round = async (take: (message: Recorded) => void | Promise<void>): Promise<boolean> => {
    const began = clock.monotonic();
    let first: number | null = null;
    let messages = 0;
    let line = 0;
    for await (const text of linesOf(file)) {
      if (stopped) return false;
      line++;
      const message = text === null ? null : readLine(text);
      if (message === null) {
        ears.unreadable(line);
        continue;
      }
      first ??= message.t;
      const wait = (message.t - first) / speed - (clock.monotonic() - began);
      if (wait > 0 || ++messages % AT_A_STRETCH === 0) await rest(Math.max(0, wait));
      if (stopped) return false;
      await Promise.race([take(message), stop.promise]);
    }
    if (loop) await rest(ROUND_MS - (clock.monotonic() - began));
    return first !== null;
  };

  return {
    play(take) {
      if (begun) throw new Error(`${file} is being played`);
      begun = true;
      void (async () => {
        try {
          while ((await round(take)) && loop && !stopped);
          if (!stopped) ears.ended(null);
        } catch (error) {
          if (!stopped) ears.ended(error as NodeJS.ErrnoException);
        }
      })();
    },
    stop() {
      stopped = true;
      stop.resolve();
    },
  };
}

/** The lines of a file; null for one that is too long. */
async function* linesOf(file: string): AsyncGenerator<string | null> {
  let parts: Buffer[] = [];
  let length = 0;
  const whole = (): string | null => {
    const text = length > MOST_LINE ? null : Buffer.concat(parts).toString();
    parts = [];
    length = 0;
    return text;
  };
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > MOST_LINE) parts = [];
    else parts.push(part);
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, at));
      from = at + 1;
      yield whole();
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield whole();
}
