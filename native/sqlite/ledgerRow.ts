import { z } from 'zod';
import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { chainKey, eventId } from '../../core/ledger/stream.ts';

/** A row of `events` as SQLite gives it. A damaged file may hold anything in any column. */
export interface EventRow {
  stream: string;
  station: string;
  seq: number;
  hlc: string;
  at: number;
  type: string;
  v: number;
  subject: string;
  /** JSON. */
  actor: string;
  /** JSON. */
  body: string;
  prev: string;
  hash: string;
}

/** Where a seal ends: who signed, and the signature. Null under an event that none ends with. */
export interface SealColumns {
  key: string | null;
  sig: string | null;
}

/** A row of `events`, all of it. */
export type SealedRow = EventRow & SealColumns;

export const COLUMNS = 'stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash';

/** A row of `chains`. */
export type ChainRow = Pick<EventRow, 'stream' | 'station' | 'seq' | 'hash' | 'hlc'>;

/** @throws SyntaxError when actor or body is not JSON. */
export function eventOf(row: EventRow): LedgerEvent {
  const { stream, station, seq, hlc, at, type, v, subject, prev, hash } = row;
  const [actor, body] = [JSON.parse(row.actor), JSON.parse(row.body)];
  return { id: eventId(row), stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash };
}

/** A row as an array, in the order of {@link COLUMNS}. */
export type EventValues = readonly [
  ...[stream: string, station: string, seq: number, hlc: string, at: number, type: string, v: number],
  ...[subject: string, actor: string, body: string, prev: string, hash: string],
];

/** Few stand behind many events: so many of them are read once. */
const MOST_ACTORS = 1000;

/**
 * Reads events one after another, with half the work of {@link eventOf} for each. Events of one actor have the same object.
 *
 * @throws SyntaxError when actor or body is not JSON.
 */
export function eventReader(): (values: readonly [...EventValues, ...unknown[]]) => LedgerEvent {
  const actors = new Map<string, LedgerEvent['actor']>();
  return ([stream, station, seq, hlc, at, type, v, subject, said, body, prev, hash]) => {
    let actor = actors.get(said);
    if (actor === undefined) {
      actor = JSON.parse(said) as LedgerEvent['actor'];
      if (actors.size < MOST_ACTORS) actors.set(said, Object.freeze(actor));
    }
    const id = eventId({ stream, station, seq });
    return { id, stream, station, seq, hlc, at, type, v, subject, actor, body: JSON.parse(body), prev, hash };
  };
}

/** A row of `checkpoints`. */
export interface CheckpointRow {
  events: number;
  at: number;
  /** JSON: chain → seq and hash. */
  heads: string;
  sig: string;
}

/** The seal that ends with this event; null where none does. A damaged one is one that fits nothing. */
export function sealOf(row: Pick<SealedRow, 'stream' | 'station' | 'seq' | keyof SealColumns>): Seal | null {
  const { seq, key, sig } = row;
  return sig === null ? null : { chain: chainKey(row), seq, alg: 'ed25519', key: String(key), sig: String(sig) };
}

const Heads = z.record(z.string(), z.object({ seq: z.number().int().positive(), hash: z.string() }));

/** Null when the row is none that was ever written: then a start verifies everything. */
export function checkpointOf(row: CheckpointRow): Checkpoint | null {
  try {
    const heads: Readonly<Record<string, ChainHead>> = Heads.parse(JSON.parse(row.heads));
    return { events: row.events, at: row.at, heads, sig: row.sig };
  } catch {
    return null;
  }
}
