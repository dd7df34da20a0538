import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeWhole } from './writeWhole.ts';

/** Characters of the time in front of a former file's name, with the hyphen. */
const STAMP = 20;
/** Former files of one name that are kept. */
const KEPT = 20;

/** `20240901T060500000Z-sensors-水位站.json`: when it was laid aside, and the name of the file that replaced it. */
const FORMER = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(.+)$/s;

/** What was put back. */
export interface PutBack {
  /** The former file that was put back, and is no longer there. */
  readonly from: string;
  /** There had been none before: the file went away. */
  readonly removed: boolean;
}

/**
 * What files of a folder were before they were written over, in a hidden folder beside them: each write lays the former text aside, empty where
 * there was none, so that it can be put back, and the one before it too.
 */
export interface Formers {
  /** Lays aside what was there, and forgets the oldest of many. @returns where it lies. @throws the system's error */
  keep(name: string, former: string | null, now: number): string;
  /** Undoes the last write of a file; null where nothing is left to undo. @throws the system's error */
  putBack(name: string, target: string): PutBack | null;
  /** Names of which something can be put back, with when the newest was laid aside, wall ms; the newest first. */
  list(): { readonly name: string; readonly at: number }[];
}

/** @param folder need not be there */
export function createFormers(folder: string): Formers {
  const all = (): string[] => namesIn(folder).filter((each) => FORMER.test(each));
  /** The oldest first: their names begin with the time. */
  const of = (name: string): string[] =>
    all()
      .filter((each) => each.slice(STAMP) === name)
      .map((each) => join(folder, each));
  return {
    keep(name, former, now) {
      // After the newest that there is, even by a clock that was set back.
      const newest = of(name).at(-1);
      const at = Math.max(now, newest === undefined ? 0 : timeOf(basename(newest)) + 1);
      const kept = join(folder, `${new Date(at).toISOString().replace(/[-:.]/g, '')}-${name}`);
      writeWhole(kept, former ?? '');
      for (const old of of(name).slice(0, -KEPT)) rmSync(old, { force: true });
      return kept;
    },
    putBack(name, target) {
      const present = textIfThere(target);
      for (const from of of(name).reverse()) {
        const former = textIfThere(from) ?? '';
        // A copy of what is there now is what a crash left before its write: it undoes nothing.
        const undoes = former === '' ? present !== null : former !== present;
        if (undoes && former === '') rmSync(target, { force: true });
        else if (undoes) writeWhole(target, former);
        rmSync(from, { force: true });
        if (undoes) return { from, removed: former === '' };
      }
      return null;
    },
    list() {
      const newest = new Map(all().map((each) => [each.slice(STAMP), timeOf(each)]));
      return [...newest].map(([name, at]) => ({ name, at })).sort((a, b) => b.at - a.at);
    },
  };
}

const timeOf = (name: string): number => Date.parse(name.replace(FORMER, '$1-$2-$3T$4:$5:$6.$7Z'));

/** The text of a file; null where there is none. @throws the system's error. */
export function textIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
