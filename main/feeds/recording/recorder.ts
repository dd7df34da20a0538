import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { stampDigits } from '../codecs/calendar.ts';
import { lineOf } from './line.ts';

/** A file of a recording, and what is kept of a feed: the oldest makes room. A hall that starts anew begins another file, however short the last one is. */
export const RECORDING_LIMITS = { fileBytes: 32 * 1024 * 1024, bytes: 256 * 1024 * 1024, files: 1000 } as const;
/** What may wait for the disk; beyond that messages are left out, and counted. */
const MOST_WAITING = 8 * 1024 * 1024;
/** So often what waits is written, ms. */
const WRITE_MS = 250;
const FILE = /^\d{14}(-\d+)?\.ndjson$/;

/** Writes down what a feed hears, as it came. */
export interface Recorder {
  heard(bytes: Uint8Array, from: string): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

/**
 * Records one feed into a folder of its own, a line of JSON a message (docs/protocols/replay.md), written behind: neither the feed nor the hall waits
 * for the disk, and one that refuses costs what came meanwhile.
 *
 * @param options.folder of this feed's recordings; need not be there
 */
export function openRecorder(options: {
  readonly folder: string;
  readonly feed: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: { readonly fileBytes: number; readonly bytes: number; readonly files: number };
}): Recorder {
  const { folder, feed, clock, log, limits = RECORDING_LIMITS } = options;
  let waiting: string[] = [];
  let bytes = 0;
  let lost = 0;
  let file: { readonly path: string; size: number } | null = null;
  let isFailing = false;
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | null = null;

  const fileFor = async (): Promise<{ readonly path: string; size: number }> => {
    if (file !== null && file.size < limits.fileBytes) return file;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const there = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
    let room = limits.bytes - limits.fileBytes;
    for (const [i, name] of there.toReversed().entries()) {
      room -= (await stat(join(folder, name))).size;
      if (room < 0 || i >= limits.files - 1) await rm(join(folder, name), { force: true });
    }
    const stamp = stampDigits(clock.now());
    const same = there.filter((name) => name.startsWith(stamp)).length;
    file = { path: join(folder, `${stamp}${same === 0 ? '' : `-${same + 1}`}.ndjson`), size: 0 };
    return file;
  };

  const write = async (): Promise<void> => {
    const text = waiting.join('');
    const messages = waiting.length;
    waiting = [];
    bytes = 0;
    if (messages === 0) return;
    try {
      const to = await fileFor();
      await appendFile(to.path, text, { mode: 0o600 });
      to.size += Buffer.byteLength(text);
      if (lost > 0) log.warn({ feed, lost }, 'messages are missing in a recording');
      lost = 0;
      isFailing = false;
    } catch (err) {
      lost += messages;
      file = null;
      if (!isFailing) log.warn({ err, feed }, 'a recording cannot be written, and is tried again');
      isFailing = true;
    }
  };

  const soon = (): void => {
    cancel ??= clock.setTimeout(() => {
      cancel = null;
      writing = writing.then(write);
    }, WRITE_MS);
  };

  return {
    heard(message, from) {
      if (bytes > MOST_WAITING) {
        lost++;
        return;
      }
      const line = lineOf(feed, { t: clock.now(), from, bytes: message });
      waiting.push(line);
      bytes += line.length;
      soon();
    },
    close() {
      cancel?.();
      cancel = null;
      writing = writing.then(write);
      return writing;
    },
  };
}
