import { existsSync, renameSync } from 'node:fs';
import type { Database as Db } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { createRows } from './telemetryRows.ts';

const DAY_MS = 86_400_000;
/** Errors after which the file itself is of no use. */
const TORN = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ'];
const TABLE = /^(?:observations|positions)_day(\d+)$/;
/** Degrees are stored as whole 1e-7 degrees: 4 bytes instead of 8, about a centimetre. */
const DEGREE = 1e7;

/** What the journal is made of. */
export interface TelemetryJournalOptions {
  /** Its own file, `telemetry.db`, apart from the ledger's: losing it loses no decision. */
  file: string;
  /** Wall ms. */
  now: () => number;
  /** Whole days kept besides today's. Default 2. */
  keepDays?: number;
  /** Rows that may wait for the next flush. Default 50,000. */
  bufferRows?: number;
  /** Told what went wrong; `setAside` is the new name of a torn file. */
  onFault?: (fault: { message: string; setAside: string | null }) => void;
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
 * new one begun; nothing is deleted.
 *
 * @throws when the file cannot be opened for another reason than being torn (permissions, a missing folder).
 */
export function openTelemetryJournal(options: TelemetryJournalOptions) {
  const { file, now } = options;
  const keepDays = options.keepDays ?? 2;
  const limit = options.bufferRows ?? 50_000;
  const fault = options.onFault ?? (() => {});
  const names = new Map<string, number>();
  let unwritten: string[] = [];
  let observations: number[] = [];
  let positions: number[] = [];
  let waiting = 0;
  let dropped = 0;
  let failing = false;
  let store = openOrSetAside();

  function open() {
    // It has one writer. Whoever else holds the file must not hold the hall's only thread with it.
    const db = new Database(file, { timeout: 50 });
    try {
      db.pragma('journal_mode = WAL');
      // NORMAL does not fsync each commit: after a power cut the last seconds may be missing and the file is sound, which
      // is telemetry's promise. The ledger promises more; it has its own file, and FULL.
      db.pragma('synchronous = NORMAL');
      db.exec('CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
      if (names.size === 0) {
        const rows = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM names ORDER BY id').all();
        for (const { id, name } of rows) names.set(name, id);
      } else unwritten = [...names.keys()];
      return { db, addName: db.prepare<[number, string]>('INSERT INTO names VALUES (?, ?)'), day: today(db) };
    } catch (e) {
      db.close();
      throw e;
    }
  }

  function openOrSetAside() {
    try {
      return open();
    } catch (e) {
      if (!isTorn(e)) throw e;
      return setAside(e);
    }
  }

  function setAside(cause: unknown) {
    let n = 1;
    while (existsSync(`${file}.torn-${n}`)) n++;
    const aside = `${file}.torn-${n}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
    const message = `The telemetry journal is torn (${textOf(cause)}). It was set aside as ${aside} and a new one begun.`;
    fault({ message, setAside: aside });
    return open();
  }

  function today(db: Db) {
    const number = Math.floor(now() / DAY_MS);
    for (const { name } of db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()) {
      const of = TABLE.exec(name)?.[1];
      if (of !== undefined && Number(of) < number - keepDays) db.exec(`DROP TABLE ${name}`);
    }
    return {
      number,
      observations: createRows(db, `observations_day${number}`, ['sensor', 't', 'value', 'quality']),
      positions: createRows(db, `positions_day${number}`, ['unit', 't', 'lon', 'lat', 'heading', 'speed', 'status']),
    };
  }

  function write(): void {
    const { db } = store;
    db.transaction(() => {
      if (store.day.number !== Math.floor(now() / DAY_MS)) store.day = today(db);
      for (const name of unwritten) store.addName.run(names.get(name) ?? 0, name);
      store.day.observations.insert(observations);
      store.day.positions.insert(positions);
    })();
    unwritten = [];
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
    try {
      try {
        write();
      } catch (e) {
        if (!isTorn(e)) throw e;
        store.db.close();
        store = setAside(e);
        write();
      }
      failing = false;
    } catch (e) {
      // A full disk, most likely. What waited is given up and counted, so that memory stays bounded; the next flush tries
      // again. Said once, not four times a second.
      dropped += waiting;
      if (!failing) {
        const message = `The telemetry journal cannot be written (${textOf(e)}). Free some space on the disk of ${file}.`;
        fault({ message, setAside: null });
      }
      failing = true;
    }
    observations = [];
    positions = [];
    waiting = 0;
  }

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
      const tables = store.db.prepare<[], { name: string }>(
        "SELECT name FROM sqlite_master WHERE name LIKE 'observations_day%' ORDER BY name",
      );
      return tables
        .all()
        .flatMap(({ name }) =>
          store.db
            .prepare<[number, number, number], JournalledObservation>(
              `SELECT t, value, quality FROM ${name} WHERE sensor = ? AND t BETWEEN ? AND ? ORDER BY rowid`,
            )
            .all(names.get(sensor) ?? 0, from, to),
        );
    },
    close(): void {
      flush();
      store.db.close();
    },
  };
}

function isTorn(e: unknown): boolean {
  return e instanceof Database.SqliteError && TORN.some((code) => e.code.startsWith(code));
}

function textOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
