import { constants, fstatSync, openSync, write, writeSync } from 'node:fs';
import type { Clock } from '../clock.ts';

/** Waiting lines, in characters: a reader that has gone to sleep must not fill the hall's memory. */
const MOST_WAITING = 1024 * 1024;
const MOST_LINE = 8 * 1024;
const MINUTE_MS = 60_000;
/** Lines of one sentence, and of all, that are written in a minute; what comes above it is counted. */
const SAME_A_MINUTE = 30;
const ALL_A_MINUTE = 3000;
/** Who asks for debug lines gets all of them: pino's levels, 30 is info. */
const LIMITED_FROM = 30;
/** After the output refused something the next try waits so long, in ms; a pipe that is full for the moment is tried sooner. */
const REFUSED_PAUSE = 1000;
const FULL_PIPE_PAUSE = 50;

/** Where the lines finally go. `done` says how many bytes were taken, or what was wrong. */
export interface Output {
  write(bytes: Uint8Array, done: (error: Error | null, taken: number) => void): void;
  /** The same, before it returns; throws. */
  writeSync(bytes: Uint8Array): number;
}

/** What pino writes its lines to. */
export interface LogOutput {
  write(line: string): void;
  /** Lines that were never written: refused by the output, or too many. */
  readonly lost: number;
  /** Writes what waits, and this after it, before it returns, as far as the output takes it. For the process's last moment. */
  last(line?: string): void;
}

/**
 * A log that can harm nothing: it never throws, never waits, never holds more than a megabyte. What the output refuses (a full
 * disk, a pipe whose reader is gone or asleep) is dropped and counted, and so are more than thirty lines of one sentence in a
 * minute; the log says how many once it can.
 */
export function createLogOutput(options: { output: Output; clock: Clock }): LogOutput {
  const { output, clock } = options;
  const said = new Map<string, number>();
  let minute = Number.NEGATIVE_INFINITY;
  let inMinute = 0;
  let quiet = new Map<string, number>();
  let waiting: string[] = [];
  let waitingChars = 0;
  let busy = false;
  let rest: Uint8Array | null = null;
  let restLines = 0;
  let restUnsaid = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let torn = false;
  let unsaid: { lines: number; why: string } | null = null;
  let lost = 0;

  const own = (level: number, msg: string, facts: object = {}): string =>
    `${JSON.stringify({ level, time: clock.now(), pid: process.pid, ...facts, msg })}\n`;

  const drop = (lines: number, why: string): void => {
    lost += lines;
    unsaid = { lines: (unsaid?.lines ?? 0) + lines, why };
  };

  /** What was left out in the minute that is over, a line for each sentence. */
  const turnMinute = (): void => {
    const now = clock.monotonic();
    if (now - minute < MINUTE_MS) return;
    minute = now;
    inMinute = 0;
    said.clear();
    const left = quiet;
    quiet = new Map();
    for (const [sentence, times] of left) put(own(40, 'more lines of one sentence were left out', { sentence, times }));
  };

  /** Whether a line is one too many of this minute. Counted, and told when the minute is over. */
  const tooMany = (sentence: string): boolean => {
    turnMinute();
    const many = ++inMinute > ALL_A_MINUTE;
    const times = many ? 0 : (said.get(sentence) ?? 0) + 1;
    if (!many) said.set(sentence, times);
    if (!many && times <= SAME_A_MINUTE) return false;
    if (quiet.size === 0) clock.setTimeout(turnMinute, minute + MINUTE_MS - clock.monotonic());
    const key = many ? 'of any kind' : sentence;
    quiet.set(key, (quiet.get(key) ?? 0) + 1);
    lost++;
    return true;
  };

  const put = (line: string): void => {
    if (waitingChars + line.length > MOST_WAITING) {
      drop(1, 'the output takes lines more slowly than they come');
      return;
    }
    waiting.push(line);
    waitingChars += line.length;
    pump();
  };

  /** Everything that waits as one piece; empty when nothing does. */
  const next = (): Uint8Array => {
    const before = torn ? '\n' : '';
    const lines = unsaid ? [own(50, 'lines of this log were lost', { lines: unsaid.lines, why: unsaid.why })] : [];
    restLines = waiting.length;
    restUnsaid = unsaid?.lines ?? 0;
    const text = lines.concat(waiting).join('');
    unsaid = null;
    torn = false;
    waiting = [];
    waitingChars = 0;
    return Buffer.from(text === '' ? '' : before + text);
  };

  const pause = (ms: number): void => {
    pausedUntil = clock.monotonic() + ms;
    clock.setTimeout(pump, ms);
  };

  function pump(): void {
    if (busy || clock.monotonic() < pausedUntil) return;
    rest ??= next();
    const bytes = rest;
    if (bytes.length === 0) {
      rest = null;
      return;
    }
    busy = true;
    output.write(bytes, (error, taken) => {
      busy = false;
      if (error === null) {
        torn = taken < bytes.length;
        rest = torn ? bytes.subarray(taken) : null;
        pump();
      } else if ('code' in error && error.code === 'EAGAIN') pause(FULL_PIPE_PAUSE);
      else {
        lost += restLines;
        const lines = restLines + restUnsaid + (unsaid?.lines ?? 0);
        if (lines > 0) unsaid = { lines, why: error.message };
        rest = null;
        pause(REFUSED_PAUSE);
      }
    });
  }

  return {
    write(line) {
      const { level, sentence } = headOf(line);
      if (level >= LIMITED_FROM && tooMany(sentence)) return;
      put(line.length > MOST_LINE ? cut(line, level, sentence) : line);
    },
    get lost() {
      return lost;
    },
    last(line = '') {
      // What is on its way at this moment is left to arrive.
      const bytes = Buffer.concat([busy || rest === null ? Buffer.alloc(0) : rest, next(), Buffer.from(line)]);
      if (!busy) rest = null;
      try {
        for (let left: Uint8Array = bytes; left.length > 0; ) left = left.subarray(output.writeSync(left));
      } catch {
        // Nobody is left to be told.
      }
    },
  };

  function cut(line: string, level: number, sentence: string): string {
    const excerpt = line.slice(0, MOST_LINE / 2);
    return own(level, sentence, { cutFrom: line.length, excerpt });
  }
}

/** Level and sentence of a line of pino's, without reading all of it: the level stands first, the sentence last. */
function headOf(line: string): { level: number; sentence: string } {
  const level = Number(/^\{"level":(\d+)/.exec(line)?.[1] ?? 30);
  const from = line.lastIndexOf(',"msg":"');
  return { level, sentence: from < 0 ? '' : line.slice(from + 8, from + 308).replace(/"\}\s*$/, '') };
}

/**
 * A file descriptor of the process as an output that does not wait: a pipe is opened anew without waiting, because waiting for its
 * reader would hold one of the few threads that all files share, and the process's end with it.
 */
export function descriptorOutput(fd: number): Output {
  const target = openWithoutWaiting(fd);
  return {
    write(bytes, done) {
      write(target, bytes, 0, bytes.length, null, (error, taken) => done(error, taken));
    },
    writeSync: (bytes) => writeSync(target, bytes),
  };
}

function openWithoutWaiting(fd: number): number {
  try {
    const stat = fstatSync(fd);
    if (!stat.isFIFO() && !stat.isCharacterDevice()) return fd;
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return fd; // Closed, or a system without /proc: as it is.
  }
}
