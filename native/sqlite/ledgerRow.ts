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

export const COLUMNS = 'stream, station, seq, hlc, at, type, v, subject, actor, body, prev, hash';

/** A row of `chains`. */
export type ChainRow = Pick<EventRow, 'stream' | 'station' | 'seq' | 'hash' | 'hlc'>;

/** @throws SyntaxError when actor or body is not JSON. */
export function eventOf({ actor, body, ...columns }: EventRow): LedgerEvent {
  return { id: eventId(columns), ...columns, actor: JSON.parse(actor), body: JSON.parse(body) };
}

export function rowOf({ id, actor, body, ...columns }: LedgerEvent): EventRow {
  return { ...columns, actor: JSON.stringify(actor), body: JSON.stringify(body) };
}

/** A row of `checkpoints`. */
export interface CheckpointRow {
  events: number;
  at: number;
  /** JSON: chain → seq and hash. */
  heads: string;
  sig: string;
}

/** A row of `seals`. */
export interface SealRow {
  stream: string;
  station: string;
  seq: number;
  alg: 'ed25519';
  key: string;
  sig: string;
}

export function sealOf({ stream, station, ...seal }: SealRow): Seal {
  return { chain: chainKey({ stream, station }), ...seal };
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
