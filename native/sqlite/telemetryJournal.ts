import { existsSync, renameSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { createJournalDays } from './telemetryDays.ts';

/** Errors after which the file itself is of no use. */
const TORN = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ'];
/** Degrees are stored as whole 1e-7 degrees: 4 bytes instead of 8, about a centimetre. */
const DEGREE = 1e7;
/** Of so many flushes one tries a file that failed: opening it again can hold the thread for a twentieth of a second. */
const RETRY_EACH = 4;

/** What went wrong with the journal. */
export interface JournalFault {
  /** `torn`: the file was set aside and a new one begun. `unwritable`: nothing is written until `onMended`. */
  kind: 'torn' | 'unwritable';
  cause: unknown;
  message: string;
  /** The new name of a torn file. */
  setAside: string | null;
}

/** What the journal is made of. */
export interface TelemetryJournalOptions {
  /** Its own file, `telemetry.db`, apart from the ledger's: losing it loses no decision. */
  file: string;
  /** Wall ms. */
  now: () => number;
  /** Days kept besides today's: the last ones that were written. Default 2. */
  keepDays?: number;
  /** Rows that may wait for the next flush. Default 50,000. */
  bufferRows?: number;
  /** Renames a file; for tests of a disk that refuses it. */
  rename?: (from: string, to: string) => void;
  /** Told once what went wrong, not at every row. */
  onFault?: (fault: JournalFault) => void;
  /** Told when a journal that was unwritable is written again. */
  onMended?: () => void;
}

/** One value read back. */
export interface JournalledObservation {
  t: number;
  value: number;
  /** 0 good, 1 doubtful, 2 bad. */
  quality: number;
}

/** The open journal; what main/ declares as TelemetryJournal, and reading back. */
export type SqliteTelemetryJournal = ReturnType<typeof openTelemetryJournal>;

/**
 * Append-only history of telemetry in SQLite, one table a day (UTC, `…_day<days since 1970>`) and kind, without any
 * index: an index on (unit, time) costs nine tenths of the insert rate. Rows wait in a bounded buffer and go in by
 * 100-row VALUES, one transaction a flush; old days leave by DROP TABLE. A torn file is renamed `<file>.torn-<n>` and a
 * new one begun; nothing is deleted. A file that cannot be opened or written costs its rows and nothing else: it is tried
 * again for as long as the journal is open.
 */
export function openTelemetryJournal(options: TelemetryJournalOptions) {
  const { file, now } = options;
  const keepDays = options.keepDays ?? 2;
  const limit = options.bufferRows ?? 50_000;
  const fault = options.onFault ?? (() => {});
  const rename = options.rename ?? renameSync;
  const mended = options.onMended ?? (() => {});
  const names = new Map<string, number>();
  let unwritten: string[] = [];
  let observations: number[] = [];
  let positions: number[] = [];
  let waiting = 0;
  let dropped = 0;
  let failing = false;
  let skipped = 0;
  let store: ReturnType<typeof open> | null = null;

  function open() {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(`${file} is a folder`), { code: 'EISDIR' });
    // It has one writer. Whoever else holds the file must not hold the hall's only thread with it.
    const db = new Database(file, { timeout: 50 });
    try {
      db.pragma('journal_mode = WAL');
      // NORMAL does not fsync each commit: after a power cut the last seconds may be missing and the file is sound, which
      // is telemetry's promise. The ledger promises more; it has its own file, and FULL.
      db.pragma('synchronous = NORMAL');
      db.exec('CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
      const rows = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM names ORDER BY id').all();
      if (names.size === 0) for (const { id, name } of rows) names.set(name, id);
      // It may be another file than before: whatever it does not know yet is written down with the next rows.
      const known = new Map(rows.map(({ id, name }) => [name, id]));
      unwritten = [...names].flatMap(([name, id]) => (known.get(name) === id ? [] : [name]));
      return {
        db,
        addName: db.prepare<[number, string]>('INSERT OR REPLACE INTO names VALUES (?, ?)'),
        days: createJournalDays(db, keepDays),
      };
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
    const message = `The telemetry journal is torn (${textOf(cause)}). It was set aside as ${aside} and a new one begun.`;
    fault({ kind: 'torn', cause, message, setAside: aside });
  }

  function shut(): void {
    store?.db.close();
    store = null;
  }

  /** Does it on the open file; on one that turns out to be torn, once more on a new one. */
  function onFile<T>(work: (open: NonNullable<typeof store>) => T): T {
    try {
      store ??= open();
      return work(store);
    } catch (e) {
      // Whatever failed, its statements may know tables that were rolled back: the file is opened anew.
      shut();
      if (!isTorn(e)) throw e;
      setAside(e);
    }
    try {
      store = open();
      return work(store);
    } catch (e) {
      shut();
      throw e;
    }
  }

  function write(): void {
    onFile(({ db, addName, days }) => {
      const day = days.at(now());
      db.transaction(() => {
        for (const name of unwritten) addName.run(names.get(name) ?? 0, name);
        day.observations.insert(observations);
        day.positions.insert(positions);
      })();
      unwritten = [];
    });
  }

  /** Does it, or says once that it cannot be done. */
  function attempt(work: () => void): boolean {
    skipped = 0;
    try {
      work();
    } catch (e) {
      if (!failing) {
        const message = `The telemetry journal cannot be written (${textOf(e)}): ${file}. It is tried again by itself.`;
        fault({ kind: 'unwritable', cause: e, message, setAside: null });
      }
      failing = true;
      return false;
    }
    if (failing) mended();
    failing = false;
    return true;
  }

  function idOf(name: string): number {
    let id = names.get(name);
    if (id === undefined) {
      id = names.size + 1;
      names.set(name, id);
      unwritten.push(name);
    }
    return id;
  }

  function hasRoom(): boolean {
    if (waiting < limit) {
      waiting++;
      return true;
    }
    dropped++;
    return false;
  }

  function flush(): void {
    if (waiting === 0) return;
    // What cannot be written is given up and counted, so that memory stays bounded and no feed has to wait for the disk.
    if (failing && ++skipped < RETRY_EACH) dropped += waiting;
    else if (!attempt(write)) dropped += waiting;
    observations = [];
    positions = [];
    waiting = 0;
  }

  attempt(() => onFile(({ days }) => days.at(now())));

  return {
    observation(sensor: string, t: number, value: number, quality: number): void {
      if (hasRoom()) observations.push(idOf(sensor), t, value, quality);
    },
    position(unit: string, t: number, lon: number, lat: number, heading: number, speed: number, status: number): void {
      if (!hasRoom()) return;
      positions.push(idOf(unit), t, Math.round(lon * DEGREE), Math.round(lat * DEGREE), heading, speed, status);
    },
    flush,
    pressure: (): number => waiting / limit,
    dropped: (): number => dropped,
    /** What one sensor said between two wall times, in the order of arrival. Reads whole days: for reports, not for screens. */
    observationsOf(sensor: string, from: number, to: number): JournalledObservation[] {
      flush();
      let found: JournalledObservation[] = [];
      attempt(() => {
        found = onFile(({ db, days }) =>
          days
            .observationTables()
            .flatMap((table) =>
              db
                .prepare<[number, number, number], JournalledObservation>(
                  `SELECT t, value, quality FROM ${table} WHERE sensor = ? AND t BETWEEN ? AND ? ORDER BY rowid`,
                )
                .all(names.get(sensor) ?? 0, from, to),
            ),
        );
      });
      return found;
    },
    close(): void {
      skipped = RETRY_EACH;
      flush();
      shut();
    },
  };
}

function isTorn(e: unknown): boolean {
  return e instanceof Database.SqliteError && TORN.some((code) => e.code.startsWith(code));
}

function textOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
