import { existsSync } from 'node:fs';
import { openDatabase } from './database.ts';
import { type DayTable, DEGREE, dayOf } from './telemetryDays.ts';

/** One value of a sensor, as the journal has it. */
export interface HistoryRow {
  readonly sensor: string;
  /** Source's ms. */
  readonly t: number;
  readonly value: number;
  /** 0 good, 1 doubtful, 2 bad. */
  readonly quality: number;
}

/** Where a unit was, as the journal has it: of each unit one in ten seconds. */
export interface PositionRow {
  readonly unit: string;
  /** Source's ms. */
  readonly t: number;
  readonly lon: number;
  readonly lat: number;
}

/** What is in a hall's journal of telemetry, read beside whoever writes it. */
export interface TelemetryHistory {
  /**
   * What these sensors said from a time on, day by day in the order of arrival, in bounded memory.
   *
   * @throws SqliteError for a file that is torn
   */
  of(sensors: ReadonlySet<string>, from: number): IterableIterator<HistoryRow>;
  /** The same of what is kept for weeks: one value in ten minutes of some. */
  samplesOf(sensors: ReadonlySet<string>, from: number): IterableIterator<Omit<HistoryRow, 'quality'>>;
  /** The same of where these units were. */
  positionsOf(units: ReadonlySet<string>, from: number): IterableIterator<PositionRow>;
  close(): void;
}

const DAY_MS = 86_400_000;

/** @returns null where there is no such file */
export function openTelemetryHistory(file: string): TelemetryHistory | null {
  if (!existsSync(file)) return null;
  const db = openDatabase(file, { readonly: true, timeout: 2000 });

  /** Rows of all days from a time on, of those whose name is wanted: its name, then the columns. */
  function* rowsOf<R extends readonly number[]>(
    { table, id, columns }: { table: DayTable; id: string; columns: string },
    wanted: ReadonlySet<string>,
    from: number,
  ): IterableIterator<[name: string, ...R]> {
    const names = new Map(
      db
        .prepare<[], { id: number; name: string }>('SELECT id, name FROM names')
        .all()
        .flatMap((row) => (wanted.has(row.name) ? [[row.id, row.name] as const] : [])),
    );
    const days = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all()
      .map((name) => ({ name, day: dayOf(table, name) }))
      .filter(({ day }) => day !== null && (day + 1) * DAY_MS > from)
      .sort((a, b) => Number(a.day) - Number(b.day));
    for (const { name } of days) {
      const rows = db
        .prepare<[number], [id: number, ...R]>(`SELECT ${id}, ${columns} FROM "${name}" WHERE t >= ? ORDER BY rowid`)
        .raw();
      for (const [number, ...row] of rows.iterate(from)) {
        const named = names.get(number);
        if (named !== undefined) yield [named, ...row];
      }
    }
  }

  return {
    *of(sensors, from) {
      const table = { table: 'observations', id: 'sensor', columns: 't, value, quality' } as const;
      for (const [sensor, t, value, quality] of rowsOf<[t: number, value: number, quality: number]>(
        table,
        sensors,
        from,
      ))
        yield { sensor, t, value, quality };
    },
    *samplesOf(sensors, from) {
      const table = { table: 'samples', id: 'sensor', columns: 't, value' } as const;
      for (const [sensor, t, value] of rowsOf<[t: number, value: number]>(table, sensors, from))
        yield { sensor, t, value };
    },
    *positionsOf(units, from) {
      const table = { table: 'positions', id: 'unit', columns: 't, lon, lat' } as const;
      for (const [unit, t, lon, lat] of rowsOf<[t: number, lon: number, lat: number]>(table, units, from))
        yield { unit, t, lon: lon / DEGREE, lat: lat / DEGREE };
    },
    close: () => void db.close(),
  };
}
