import { existsSync, renameSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Errors after which the file itself is of no use. */
const TORN = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ'];
/** Of so many tries on a file that failed one is made: opening it again can hold the thread for a twentieth of a second. */
const RETRY_EACH = 4;

/** What went wrong with a file beside the ledger. */
export interface SideFileFault {
  /** `torn`: the file was set aside and a new one begun. `unwritable`: nothing is written until `onMended`. */
  kind: 'torn' | 'unwritable';
  cause: unknown;
  message: string;
  /** The new name of a torn file. */
  setAside: string | null;
}

/** What a file beside the ledger is opened with. */
export interface SideFileOptions {
  /** Its own file, apart from the ledger's: losing it loses no decision. */
  file: string;
  /** Renames a file; for tests of a disk that refuses it. */
  rename?: (from: string, to: string) => void;
  /** Told once what went wrong, not at every write. */
  onFault?: (fault: SideFileFault) => void;
  /** Told when a file that was unwritable is written again. */
  onMended?: () => void;
}

/** A file that the hall goes on without. */
export interface SideFile<S> {
  /** Does it on the open file; on one that turns out to be torn, once more on a new one. @throws SqliteError, or a fault of the file */
  use<T>(work: (store: S, db: Database.Database) => T): T;
  /** Does it, or says once that it cannot be done. */
  attempt(work: (store: S, db: Database.Database) => void): boolean;
  /** Whether it is to be tried now: always, but for a file that failed now and then only. */
  due(): boolean;
  close(): void;
}

/**
 * A SQLite file in WAL with one writer, synchronous NORMAL: no commit waits for the disk; after a power cut the last seconds may be missing and
 * the file is sound. A torn one is renamed `<file>.torn-<n>` and a new one begun; nothing is deleted. One that cannot be opened or written is
 * tried again for as long as it is used.
 *
 * @param what it is called in sentences, `telemetry journal`
 * @param ready makes tables where they are missing, and what is done on them
 */
export function createSideFile<S>(
  what: string,
  options: SideFileOptions,
  ready: (db: Database.Database) => S,
): SideFile<S> {
  const { file, rename = renameSync, onFault = () => {}, onMended = () => {} } = options;
  let failing = false;
  let skipped = 0;
  let open: { db: Database.Database; store: S } | null = null;

  function opened() {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(`${file} is a folder`), { code: 'EISDIR' });
    // It has one writer. Whoever else holds the file must not hold the hall's only thread with it.
    const db = new Database(file, { timeout: 50 });
    try {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL');
      return { db, store: ready(db) };
    } catch (e) {
      db.close();
      throw e;
    }
  }

  function setAside(cause: unknown): void {
    let n = 1;
    while (existsSync(`${file}.torn-${n}`)) n++;
    const aside = `${file}.torn-${n}`;
    // The file itself last: a log that stayed behind would be taken for the new file's.
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(file + suffix)) rename(file + suffix, aside + suffix);
    }
    const message = `The ${what} is torn (${textOf(cause)}). It was set aside as ${aside} and a new one begun.`;
    onFault({ kind: 'torn', cause, message, setAside: aside });
  }

  function shut(): void {
    open?.db.close();
    open = null;
  }

  function use<T>(work: (store: S, db: Database.Database) => T): T {
    try {
      open ??= opened();
      return work(open.store, open.db);
    } catch (e) {
      // Whatever failed, its statements may know tables that were rolled back: the file is opened anew.
      shut();
      if (!isTorn(e)) throw e;
      setAside(e);
    }
    try {
      open = opened();
      return work(open.store, open.db);
    } catch (e) {
      shut();
      throw e;
    }
  }

  return {
    use,
    attempt(work) {
      skipped = 0;
      try {
        use(work);
      } catch (e) {
        if (!failing) {
          const message = `The ${what} cannot be written (${textOf(e)}): ${file}. It is tried again by itself.`;
          onFault({ kind: 'unwritable', cause: e, message, setAside: null });
        }
        failing = true;
        return false;
      }
      if (failing) onMended();
      failing = false;
      return true;
    },
    due: () => !failing || ++skipped >= RETRY_EACH,
    close: shut,
  };
}

function isTorn(e: unknown): boolean {
  return e instanceof Database.SqliteError && TORN.some((code) => e.code.startsWith(code));
}

function textOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
