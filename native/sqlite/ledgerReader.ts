import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { SubjectRange } from '../../core/ledger/subjects.ts';
import { openDatabase } from './database.ts';
import { COLUMNS, type EventRow, type EventValues, eventOf, eventReader } from './ledgerRow.ts';

/** A connection of its own to a ledger file: what is read through it would block every append on the writer's. */
export interface LedgerReader {
  /** Every event in the order of these columns, as the file is at the first of them. */
  inOrderOf(columns: string): IterableIterator<LedgerEvent>;
  /** Events of these subjects, those of one after those of another. */
  bySubject(range?: SubjectRange): IterableIterator<LedgerEvent>;
  /** At most so many subjects, in their order, between which about as many events lie. */
  subjectsBetween(count: number): string[];
  /** After a seq in one chain. */
  after(stream: string, station: string, seq: number): IterableIterator<LedgerEvent>;
  ofSubject(subject: string): LedgerEvent[];
  /** Characters of the bodies of a subject's events. */
  charsOf(subject: string): number;
  /** What is read within it is of one moment, whoever writes meanwhile. */
  atOnce<T>(read: () => T): T;
  close(): void;
}

/** Events that are read at once. */
const PAGE = 1000;
type PagedRow = readonly [...EventValues, rowid: number];
const SUBJECT = 7;
const ROWID = 12;

/** Pages that a reader keeps, at most. */
const CACHE_KIB = 16 * 1024;

/** @throws SqliteError for a file that is no ledger, or that cannot be read. */
export function openLedgerReader(file: string): LedgerReader {
  const db = openDatabase(file, { readonly: true });
  // The events of one subject lie all over the file: with SQLite's own 2 MiB half of the pages are read again and again.
  db.pragma(`cache_size = -${CACHE_KIB}`);
  const read = eventReader();
  function* eventsOf(rows: Iterable<EventValues | PagedRow>): IterableIterator<LedgerEvent> {
    for (const values of rows) yield read(values);
  }
  const rowsOf = (where: string) =>
    db.prepare<[Record<string, unknown>], PagedRow>(`SELECT ${COLUMNS}, rowid FROM events WHERE ${where}`).raw();
  /** One call gives a page: a call for each row is a third of the work more. */
  function* inPages({ from, until }: SubjectRange = { from: null, until: null }): IterableIterator<PagedRow> {
    const within = until === null ? '' : 'AND subject < :until';
    const pageFrom = (where: string) => rowsOf(`${where} ${within} ORDER BY subject, rowid LIMIT ${PAGE}`);
    const further = pageFrom('subject > :subject');
    const rest = rowsOf('subject = :subject AND rowid > :rowid ORDER BY rowid');
    for (let rows = pageFrom('subject >= :from').all({ from: from ?? '', until }); ; ) {
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      const [subject, rowid] = [last[SUBJECT], last[ROWID]];
      yield* rest.all({ subject, rowid });
      rows = further.all({ subject, until });
    }
  }
  return {
    inOrderOf: (columns) =>
      eventsOf(db.prepare<[], EventValues>(`SELECT ${COLUMNS} FROM events ORDER BY ${columns}`).raw().iterate()),
    bySubject: (range) => eventsOf(inPages(range)),
    subjectsBetween(count) {
      const sampled = db.prepare<[{ count: number }], string>(`
        WITH RECURSIVE at (n, step) AS (
          SELECT 1, CAST(max(rowid) / (:count + 1) AS INTEGER) FROM events
          UNION ALL SELECT n + 1, step FROM at WHERE n < :count
        )
        SELECT DISTINCT subject FROM at JOIN events ON events.rowid = n * step ORDER BY subject`);
      return sampled.pluck().all({ count });
    },
    after(stream, station, seq) {
      const rows = db.prepare<[string, string, number], EventValues>(
        `SELECT ${COLUMNS} FROM events WHERE stream = ? AND station = ? AND seq > ? ORDER BY seq`,
      );
      return eventsOf(rows.raw().iterate(stream, station, seq));
    },
    ofSubject: (subject) =>
      db.prepare<[string], EventRow>(`SELECT ${COLUMNS} FROM events WHERE subject = ?`).all(subject).map(eventOf),
    charsOf: (subject) =>
      Number(db.prepare<[string]>('SELECT total(length(body)) FROM events WHERE subject = ?').pluck().get(subject)),
    atOnce: (read) => db.transaction(read)(),
    close: () => void db.close(),
  };
}
