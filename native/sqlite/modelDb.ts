import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { textsOf } from '../../core/ledger/texts.ts';
import type { SqliteDatabase } from './database.ts';

/** Events as rows of a table with the columns of the ledger's: those beyond the rowid `after`, up to `to`. */
export interface EventRows {
  /** `schema.table`. */
  readonly table: string;
  readonly after: number;
  readonly to: number;
}

/**
 * Lays events that came one by one beside an open file, in a table as the ledger's own: the same SQL makes rows of both.
 *
 * @returns lays them, and takes them away when they are used
 */
function arrivalsOn(db: SqliteDatabase): (events: readonly LedgerEvent[], use: (rows: EventRows) => void) => void {
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS arrived (stream TEXT, station TEXT, seq INTEGER, at INTEGER, type TEXT, subject TEXT, actor TEXT, body TEXT)',
  );
  const lay = db.prepare(
    'INSERT INTO temp.arrived (rowid, stream, station, seq, at, type, subject, actor, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const clear = db.prepare('DELETE FROM temp.arrived');
  return (events, use) => {
    clear.run(); // What a commit that failed left.
    for (const [i, event] of events.entries()) {
      const { stream, station, seq, at, type, subject } = event;
      const { actor, body } = textsOf(event);
      lay.run(i + 1, stream, station, seq, at, type, subject, actor, body);
    }
    use({ table: 'temp.arrived', after: 0, to: events.length });
    clear.run();
  };
}

/** What read models write through, and where events are laid for them. Implements `ModelDb` of main/kernel. */
export function modelDbOn(db: SqliteDatabase) {
  return {
    prepare: (sql: string) => db.prepare(sql),
    define: (name: string, answer: (value: unknown) => string | number | null) =>
      void db.function(name, { deterministic: true }, answer),
    arrive: arrivalsOn(db),
  };
}
