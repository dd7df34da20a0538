import { z } from 'zod';
import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
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

/** A row of `checkpoints`. */
export interface CheckpointRow {
  events: number;
  at: number;
  /** JSON: chain → seq and hash. */
  heads: string;
}

const Heads = z.record(z.string(), z.object({ seq: z.number().int().positive(), hash: z.string() }));

/** Null when the row is none that was ever written: then a start verifies everything. */
export function checkpointOf(row: CheckpointRow): Checkpoint | null {
  try {
    const heads: Readonly<Record<string, ChainHead>> = Heads.parse(JSON.parse(row.heads));
    return { events: row.events, at: row.at, heads };
  } catch {
    return null;
  }
}
