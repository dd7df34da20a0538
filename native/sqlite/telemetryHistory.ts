import { existsSync } from 'node:fs';
import { openDatabase } from './database.ts';
import { dayOfObservations } from './telemetryDays.ts';

/** One value of a sensor, as the journal has it. */
export interface HistoryRow {
  readonly sensor: string;
  /** Source's ms. */
  readonly t: number;
  readonly value: number;
  /** 0 good, 1 doubtful, 2 bad. */
  readonly quality: number;
}

/** What is in a hall's journal of telemetry, read beside whoever writes it. */
export interface TelemetryHistory {
  /**
   * What these sensors said from a time on, day by day in the order of arrival, in bounded memory.
   *
   * @throws SqliteError for a file that is torn
   */
  of(sensors: ReadonlySet<string>, from: number): IterableIterator<HistoryRow>;
  close(): void;
}

const DAY_MS = 86_400_000;

/** @returns null where there is no such file */
export function openTelemetryHistory(file: string): TelemetryHistory | null {
  if (!existsSync(file)) return null;
  const db = openDatabase(file, { readonly: true, timeout: 2000 });
  return {
    *of(sensors, from) {
      const names = new Map(
        db
          .prepare<[], { id: number; name: string }>('SELECT id, name FROM names')
          .all()
          .flatMap(({ id, name }) => (sensors.has(name) ? [[id, name] as const] : [])),
      );
      const days = db
        .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .pluck()
        .all()
        .map((name) => ({ name, day: dayOfObservations(name) }))
        .filter(({ day }) => day !== null && (day + 1) * DAY_MS > from)
        .sort((a, b) => Number(a.day) - Number(b.day));
      for (const { name } of days) {
        const rows = db
          .prepare<[number], [id: number, t: number, value: number, quality: number]>(
            `SELECT sensor, t, value, quality FROM "${name}" WHERE t >= ? ORDER BY rowid`,
          )
          .raw();
        for (const [id, t, value, quality] of rows.iterate(from)) {
          const sensor = names.get(id);
          if (sensor !== undefined) yield { sensor, t, value, quality };
        }
      }
    },
    close: () => void db.close(),
  };
}
