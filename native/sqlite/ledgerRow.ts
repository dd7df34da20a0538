import type { LedgerEvent } from '../../core/ledger/envelope.ts';

/** A row of `events` as SQLite gives it. A damaged file may hold anything in any column. */
export interface EventRow {
  station: string;
  seq: number;
  hlc: string;
  at: number;
  type: string;
  subject: string;
  actor: string;
  /** JSON. */
  body: string;
  prev: string;
  hash: string;
}

export const COLUMNS = 'station, seq, hlc, at, type, subject, actor, body, prev, hash';

/** @throws SyntaxError when the body is not JSON. */
export function eventOf(row: EventRow): LedgerEvent {
  const { station, seq, hlc, at, type, subject, actor, body, prev, hash } = row;
  return { id: `${station}-${seq}`, station, seq, hlc, at, type, subject, actor, body: JSON.parse(body), prev, hash };
}
