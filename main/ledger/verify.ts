import { type ChainFault, type ChainHead, checkNext, EMPTY_CHAIN, type Sha256 } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { isSealOf, type Seal, type VerifySignature } from '../../core/ledger/seal.ts';
import { chainKey, shownChain } from '../../core/ledger/stream.ts';
import { troubleOf } from '../../native/sqlite/database.ts';
import type { LedgerInspection } from '../../native/sqlite/ledgerInspection.ts';
import { type EventRow, eventOf, type SealedRow, sealOf } from '../../native/sqlite/ledgerRow.ts';
import { stationOf } from './chainName.ts';
import type { LedgerFault } from './fault.ts';

/** What a ledger file holds, and what is wrong with it. */
export interface Verification {
  /** Where the verified beginning of each chain ends. */
  heads: Map<string, ChainHead>;
  events: number;
  faults: LedgerFault[];
}

const SAYS: Record<ChainFault['fault'], (row: EventRow, expected: number) => string> = {
  gap: (row, expected) => `event ${expected} is missing; the next one held is ${row.seq}`,
  repeat: (row) => `event ${row.seq} is there twice`,
  'broken-link': (row) => `event ${row.seq} does not continue the event before it`,
  altered: (row) => `event ${row.seq} was changed after it was written: its hash does not fit its content`,
  misnamed: (row) => `event ${row.seq} carries another event's id`,
};

/** An error of SQLite while reading, as a fault of the file. */
export function faultOf(file: string, error: unknown, at?: { chain: string; seq: number }): LedgerFault {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    fault: troubleOf(error) === 'not-a-database' ? 'not-a-database' : 'unreadable',
    file,
    chain: at?.chain ?? null,
    seq: at?.seq ?? null,
    message:
      troubleOf(error) === 'not-a-database'
        ? `${file} is not a SQLite database any more (${detail})`
        : at
          ? `${file} cannot be read from event ${at.seq} of chain ${shownChain(at.chain)} on (${detail})`
          : `${file} cannot be read (${detail})`,
  };
}

/**
 * Recomputes the hashes of every chain, and hands each event that verifies to `keep`, with the seal that ends there. A chain is followed to its first fault, and
 * must have the event that the file noted as its end. Where pages are torn, events that the index no longer leads to are looked for in
 * the table itself.
 *
 * @param options.verifySignature looks at the newest seal of each chain that has moved on, and where it does not fit at those before.
 * @param options.from verifies only what came after it, and that each chain has the event it names; absent: everything, pages too.
 * @param options.progress hears how many events have verified.
 */
export function verify(
  inspection: LedgerInspection,
  file: string,
  sha256: Sha256,
  options: {
    verifySignature: VerifySignature;
    from?: Checkpoint | null;
    keep?: (event: LedgerEvent, seal: Seal | null) => void;
    progress?: (events: number) => void;
  },
): Verification {
  const { from, keep, progress, verifySignature } = options;
  const heads = new Map<string, ChainHead>(Object.entries(from?.heads ?? {}));
  const faults: LedgerFault[] = [];
  let events = from?.events ?? 0;
  let torn = false;

  const step = (row: SealedRow): ChainFault['fault'] | 'malformed' | null => {
    const event = readable(row);
    if (event === null) return 'malformed';
    const chain = chainKey(event);
    const found = checkNext(heads.get(chain) ?? EMPTY_CHAIN, event, sha256);
    if (found) return found.fault;
    heads.set(chain, { seq: event.seq, hash: event.hash });
    events++;
    keep?.(event, sealOf(row));
    progress?.(events);
    return null;
  };

  const attempt = (read: () => void, at?: () => { chain: string; seq: number }): void => {
    try {
      read();
    } catch (error) {
      torn = true;
      const fault = faultOf(file, error, at?.());
      if (!faults.some((known) => known.message === fault.message)) faults.push(fault);
    }
  };

  if (!from) {
    attempt(() => {
      const [first, ...more] = inspection.quickCheck();
      if (first === undefined) return;
      torn = true;
      const message = `${file}: its pages contradict each other: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
      faults.push({ fault: 'unreadable', file, chain: null, seq: null, message });
    });
  }

  /** The last event that its station signed, where a later seal does not fit; null where the newest one beyond `from` does, or there is none. */
  const signedTo = (chain: string, from: number): number | null => {
    const key = keys.get(stationOf(chain));
    let odd = 0;
    for (const seal of inspection.sealsOf(chain)) {
      if (odd === 0 && seal.seq <= from) return null;
      const row = firstOf(inspection.rowsOf(chain, seal.seq));
      if (row === undefined || row.seq !== seal.seq) continue; // Missing rows are found by their numbers.
      if (seal.key === key && isSealOf(seal, row.hash, verifySignature)) return odd === 0 ? null : seal.seq;
      odd++;
    }
    return odd === 0 ? null : 0;
  };

  const follow = (chain: string, noted: ChainHead): void => {
    const blame = (fault: LedgerFault['fault'], seq: number, what: string): void =>
      void faults.push({ fault, file, chain, seq, message: `${file}, chain ${shownChain(chain)}: ${what}` });
    const next = (): number => (heads.get(chain)?.seq ?? 0) + 1;
    const begun = heads.get(chain);
    let met = begun === undefined;
    const signed = signedTo(chain, begun?.seq ?? 0);
    for (const row of inspection.rowsOf(chain, begun?.seq)) {
      if (row.seq === noted.seq && row.hash !== noted.hash) {
        blame('altered', row.seq, `event ${row.seq} is not the one that was recorded`);
        return;
      }
      if (row.seq === begun?.seq) {
        met = row.hash === begun.hash;
        if (met) continue;
        blame('altered', row.seq, `event ${row.seq} is not the one that the last checkpoint names`);
        return;
      }
      if (signed !== null && row.seq > signed) {
        blame('altered', row.seq, `event ${row.seq} is not the one that its station signed`);
        return;
      }
      const fault = step(row);
      if (fault === null) continue;
      const what = fault === 'malformed' ? `event ${row.seq} is not an event` : SAYS[fault](row, next());
      blame(fault, fault === 'gap' ? next() : row.seq, what);
      return;
    }
    const { seq } = heads.get(chain) ?? EMPTY_CHAIN;
    if (!met) blame('gap', seq, `event ${seq}, which the last checkpoint names, is missing`);
    else if (seq < noted.seq) blame('lost-tail', seq + 1, `it ends at event ${seq}, and held ${noted.seq}`);
    else if (noted.seq === 0) blame('altered', 1, 'it is not among the chains that were begun here');
  };

  let recorded = new Map<string, ChainHead>();
  let keys = new Map<string, string>();
  let chains: string[] = [];
  attempt(() => {
    recorded = inspection.heads();
    keys = inspection.keys();
  });
  attempt(() => {
    chains = from ? [] : inspection.chains();
  });
  for (const chain of new Set([...chains, ...recorded.keys(), ...heads.keys()])) {
    attempt(
      () => follow(chain, recorded.get(chain) ?? EMPTY_CHAIN),
      () => ({ chain, seq: (heads.get(chain)?.seq ?? 0) + 1 }),
    );
  }
  if (torn && !from) {
    // Best effort over the same pages: each row that continues its chain is kept, the first torn page ends it.
    try {
      for (const row of inspection.rowsAsAppended()) step(row);
    } catch {
      // Said above already.
    }
  }
  return { heads, events, faults };
}

/** The first of them; the rest is not read. */
function firstOf<T>(rows: Iterable<T>): T | undefined {
  for (const row of rows) return row;
  return undefined;
}

/** Null when a row's columns cannot be an event's. */
function readable(row: EventRow): LedgerEvent | null {
  const { stream, station, actor, body } = row;
  if ([stream, station, actor, body].some((column) => typeof column !== 'string') || !Number.isSafeInteger(row.seq))
    return null;
  try {
    return eventOf(row);
  } catch {
    return null;
  }
}
