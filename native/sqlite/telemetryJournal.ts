import { createSideFile, type SideFileOptions } from './sideFile.ts';
import { createJournalDays, DEGREE } from './telemetryDays.ts';

/** What the journal is made of: `telemetry.db`. */
export interface TelemetryJournalOptions extends SideFileOptions {
  /** Wall ms. */
  now: () => number;
  /** Days kept besides today's: the last ones that were written. Default 2. */
  keepDays?: number;
  /** Rows that may wait for the next flush. Default 50,000. */
  bufferRows?: number;
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
 * 100-row VALUES, one transaction a flush; old days leave by DROP TABLE. A file that cannot be opened or written costs its rows and nothing else.
 */
export function openTelemetryJournal(options: TelemetryJournalOptions) {
  const { now } = options;
  const keepDays = options.keepDays ?? 2;
  const limit = options.bufferRows ?? 50_000;
  const names = new Map<string, number>();
  let unwritten: string[] = [];
  let observations: number[] = [];
  let positions: number[] = [];
  let samples: number[] = [];
  let waiting = 0;
  let dropped = 0;

  const file = createSideFile('telemetry journal', options, (db) => {
    db.exec('CREATE TABLE IF NOT EXISTS names (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
    const rows = db.prepare<[], { id: number; name: string }>('SELECT id, name FROM names ORDER BY id').all();
    if (names.size === 0) for (const { id, name } of rows) names.set(name, id);
    // It may be another file than before: whatever it does not know yet is written down with the next rows.
    const known = new Map(rows.map(({ id, name }) => [name, id]));
    unwritten = [...names].flatMap(([name, id]) => (known.get(name) === id ? [] : [name]));
    return {
      addName: db.prepare<[number, string]>('INSERT OR REPLACE INTO names VALUES (?, ?)'),
      days: createJournalDays(db, keepDays),
    };
  });

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

  function write(): boolean {
    return file.attempt(({ addName, days }, db) => {
      const day = days.at(now());
      db.transaction(() => {
        for (const name of unwritten) addName.run(names.get(name) ?? 0, name);
        day.observations.insert(observations);
        day.positions.insert(positions);
        day.samples.insert(samples);
      })();
      unwritten = [];
    });
  }

  /** @param last nothing comes after: a file that failed is tried once more */
  function flush(last = false): void {
    if (waiting === 0) return;
    // What cannot be written is given up and counted, so that memory stays bounded and no feed has to wait for the disk.
    if (!((last || file.due()) && write())) dropped += waiting;
    observations = [];
    positions = [];
    samples = [];
    waiting = 0;
  }

  file.attempt(({ days }) => days.at(now()));

  return {
    observation(sensor: string, t: number, value: number, quality: number): void {
      if (hasRoom()) observations.push(idOf(sensor), t, value, quality);
    },
    sample(sensor: string, t: number, value: number): void {
      if (hasRoom()) samples.push(idOf(sensor), t, value);
    },
    position(unit: string, t: number, lon: number, lat: number, heading: number, speed: number, status: number): void {
      if (!hasRoom()) return;
      positions.push(idOf(unit), t, Math.round(lon * DEGREE), Math.round(lat * DEGREE), heading, speed, status);
    },
    flush: (): void => flush(),
    pressure: (): number => waiting / limit,
    dropped: (): number => dropped,
    /**
     * What one sensor said between two wall times, in the order of arrival; what it said twice in the same words, once: a message may be put
     * through again. Reads whole days: for reports, not for screens.
     */
    observationsOf(sensor: string, from: number, to: number): JournalledObservation[] {
      flush();
      let found: JournalledObservation[] = [];
      file.attempt(({ days }, db) => {
        found = days
          .observationTables()
          .flatMap((table) =>
            db
              .prepare<[number, number, number], JournalledObservation>(
                `SELECT t, value, quality FROM ${table} WHERE sensor = ? AND t BETWEEN ? AND ? GROUP BY t, value, quality ORDER BY min(rowid)`,
              )
              .all(names.get(sensor) ?? 0, from, to),
          );
      });
      return found;
    },
    close(): void {
      flush(true);
      file.close();
    },
  };
}
