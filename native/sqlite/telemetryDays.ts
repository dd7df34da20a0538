import type { Database as Db } from 'better-sqlite3';
import { createRows, type Rows } from './telemetryRows.ts';

const DAY_MS = 86_400_000;
/** Degrees are stored as whole 1e-7 degrees: 4 bytes instead of 8, about a centimetre. */
export const DEGREE = 1e7;
/** A day must have been today for so long before it may push out older ones: a clock that jumps for a moment deletes nothing. */
const SETTLED_MS = 3_600_000;
const TABLE = /^(observations|positions|samples)_day(-?\d+)$/;
/** Days that samples are kept besides today's: as many as rules look back. */
const SAMPLE_DAYS = 28;

/** What there is a table a day of. */
export type DayTable = 'observations' | 'positions' | 'samples';

/** The day (since 1970) of which a table has rows of a kind; null for any other table. */
export function dayOf(kind: DayTable, name: string): number | null {
  const found = TABLE.exec(name);
  return found?.[1] === kind ? Number(found[2]) : null;
}

/** The tables of one day (UTC), ready to be written to. */
export interface JournalDay {
  /** Days since 1970. */
  readonly number: number;
  readonly observations: Rows;
  readonly positions: Rows;
  /** One value in ten minutes, of sensors that are held against what is usual for them. */
  readonly samples: Rows;
}

/** The days a journal holds. */
export interface JournalDays {
  /**
   * The tables of the day, made when missing. What was committed is there and what failed left nothing behind.
   *
   * @throws SqliteError
   */
  at(wall: number): JournalDay;
  /** Names of the tables of observations, oldest day first. */
  observationTables(): string[];
}

/**
 * @param keepDays days kept besides today's: those written last. Days after today's were written by a clock that was ahead; so
 * many of them are kept as well.
 */
export function createJournalDays(db: Db, keepDays: number): JournalDays {
  let today: { day: JournalDay; begun: number; swept: boolean } | null = null;

  /** In the order in which they were begun. */
  const numbers = (kind: DayTable): number[] =>
    db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
      .all()
      .flatMap(({ name }) => dayOf(kind, name) ?? []);

  const sweep = (number: number): void => {
    const over = (kind: DayTable, days: number) => {
      const surplus = (list: number[]) => list.slice(0, Math.max(0, list.length - days));
      const all = numbers(kind);
      return [...surplus(all.filter((n) => n < number)), ...surplus(all.filter((n) => n > number))];
    };
    for (const n of over('observations', keepDays))
      db.exec(`DROP TABLE ${table('observations', n)}; DROP TABLE IF EXISTS ${table('positions', n)}`);
    for (const n of over('samples', SAMPLE_DAYS)) db.exec(`DROP TABLE ${table('samples', n)}`);
  };

  return {
    at(wall) {
      const number = Math.floor(wall / DAY_MS);
      if (today?.day.number !== number) {
        // Its own transaction: tables made in one that fails later are gone, and the statements that know them are not.
        const day = db.transaction(
          (): JournalDay => ({
            number,
            observations: createRows(db, table('observations', number), ['sensor', 't', 'value', 'quality']),
            positions: createRows(db, table('positions', number), [
              ...['unit', 't', 'lon', 'lat', 'heading', 'speed', 'status'],
            ]),
            samples: createRows(db, table('samples', number), ['sensor', 't', 'value']),
          }),
        )();
        today = { day, begun: wall, swept: false };
      }
      if (!today.swept && wall - today.begun >= SETTLED_MS) {
        db.transaction(sweep)(number);
        today.swept = true;
      }
      return today.day;
    },
    observationTables: () =>
      numbers('observations')
        .sort((a, b) => a - b)
        .map((n) => table('observations', n)),
  };
}

function table(kind: DayTable, number: number): string {
  return `"${kind}_day${number}"`;
}
