import { constants, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { access, lstat, mkdir, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../files/writeWhole.ts';
import { stampDigits } from '../codecs/calendar.ts';
import { FILE_LIMITS, type Kind, kindOf } from './portions.ts';

export const DONE = 'done';
export const FAILED = 'failed';
/** What was taken of the file that is being read: a hall that is killed goes on there. */
const MARK = '.taken';
/** Names that are looked at in one round; the rest in the next. */
const MOST_NAMES = 10_000;

/** A file that lies in the folder, and what tells whether it is still the same. */
export interface Found {
  readonly name: string;
  readonly kind: Kind;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

const Mark = z.object({
  ...{ name: z.string(), size: z.number(), mtimeMs: z.number(), ino: z.number() },
  /** Lines or rows that were read, and records that the hall took of them. */
  upTo: z.number().int().min(0),
  taken: z.number().int().min(0),
  /** There is nothing more in it: it only has to be moved. */
  whole: z.boolean(),
});
export type Progress = Pick<z.infer<typeof Mark>, 'upTo' | 'taken' | 'whole'>;

export const isSame = (a: Omit<Found, 'kind'>, b: Omit<Found, 'kind'>): boolean =>
  a.name === b.name && a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;

/** A folder into which files are dropped. */
export interface Inbox {
  /** Makes what has to be there. @throws the system's error where files cannot be listed and moved */
  prepare(): Promise<void>;
  /** Plain files that are meant, the oldest first. */
  list(): Promise<Found[]>;
  /** The whole file; null where it is another one meanwhile, or too large. */
  read(file: Found): Promise<Buffer | null>;
  /** How far it was read before the hall was ended. */
  progressOf(file: Found): Progress;
  mark(file: Found, progress: Progress): void;
  /** Moves it where it is not looked for again, with what is to be said of it beside. @param now wall ms */
  move(file: Found, into: typeof DONE | typeof FAILED, said: string, now: number): void;
}

/**
 * @param isOwn whether the folder is the hall's to make
 * @param offsetMinutes of the zone in which moved files are dated
 */
export function openInbox(folder: string, isOwn: boolean, offsetMinutes: number): Inbox {
  const markFile = join(folder, MARK);
  return {
    async prepare() {
      if (isOwn) await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of [DONE, FAILED]) await mkdir(join(folder, name)).catch(unlessThere);
      for (const each of [folder, join(folder, DONE), join(folder, FAILED)])
        await access(each, constants.R_OK | constants.W_OK | constants.X_OK);
    },
    async list() {
      const found: Found[] = [];
      let looked = 0;
      for await (const { name } of await opendir(folder)) {
        const kind = kindOf(name);
        if (kind === null) continue;
        const file = await lstat(join(folder, name)).catch(() => null);
        // A link may lead anywhere, and a pipe has no end.
        if (file?.isFile()) found.push({ name, kind, size: file.size, mtimeMs: file.mtimeMs, ino: file.ino });
        if (++looked >= MOST_NAMES) break;
      }
      return found.toSorted((a, b) => a.mtimeMs - b.mtimeMs || (a.name < b.name ? -1 : 1));
    },
    async read(file) {
      const handle = await open(join(folder, file.name), constants.O_RDONLY | NO_LINK);
      try {
        const before = await handle.stat();
        if (!before.isFile() || !isSame(file, { name: file.name, ...sized(before) })) return null;
        if (before.size > FILE_LIMITS[file.kind]) return null;
        const bytes = Buffer.alloc(before.size);
        const { bytesRead } = await handle.read(bytes, 0, before.size, 0);
        const after = await handle.stat();
        return bytesRead === before.size && isSame(file, { name: file.name, ...sized(after) }) ? bytes : null;
      } finally {
        await handle.close();
      }
    },
    progressOf(file) {
      try {
        const mark = Mark.parse(JSON.parse(readFileSync(markFile, 'utf8')));
        return isSame(mark, file) ? mark : NONE;
      } catch {
        // There is none, or none of the hall's.
        return NONE;
      }
    },
    mark({ name, size, mtimeMs, ino }, progress) {
      writeWhole(markFile, JSON.stringify({ name, size, mtimeMs, ino, ...progress }));
    },
    move({ name }, into, said, now) {
      const stamp = stampDigits(now + offsetMinutes * 60_000);
      let to = join(folder, into, `${stamp}-${name}`);
      for (let n = 2; existsSync(to); n++) to = join(folder, into, `${stamp}-${n}-${name}`);
      if (said !== '') writeFileSync(`${to}.txt`, said);
      renameSync(join(folder, name), to);
      rmSync(markFile, { force: true });
    },
  };
}

const NONE: Progress = { upTo: 0, taken: 0, whole: false };

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Windows has no links that anybody makes by chance. */
const NO_LINK = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const sized = ({ size, mtimeMs, ino }: { size: number; mtimeMs: number; ino: number }) => ({ size, mtimeMs, ino });
