import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import type { Seal, VerifySignature } from '../../core/ledger/seal.ts';
import { troubleOf } from '../../native/sqlite/database.ts';
import { inspectLedgerFile, type LedgerInspection } from '../../native/sqlite/ledgerInspection.ts';
import { openLedgerStore, type SqliteLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import { nextChain } from './chainName.ts';
import { type LedgerFault, Recovery } from './fault.ts';
import { CHAIN_NOTE, RECOVERY_NOTE } from './store.ts';
import { verify } from './verify.ts';

export const LEDGER_FILE = 'ledger.db';
/** The new file while it is being filled; it takes the ledger's name once it is whole. */
const FRESH_FILE = 'ledger.db.fresh';
const BATCH = 1000;

export function parseRecovery(text: string | undefined): Recovery | null {
  if (text === undefined) return null;
  try {
    return Recovery.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Puts a damaged ledger aside, whole, and a fresh one in its place that holds what verifies and is written under a new chain
 * name (docs/adr/0004-recovery-starts-a-new-chain.md). Killed at any point, the next start finds either the damaged file
 * still in place or the fresh one complete.
 */
export function recover(options: {
  dir: string;
  station: string;
  /** Own chain names found anywhere: the new one comes after them all. */
  known: Iterable<string>;
  faults: LedgerFault[];
  /** The damaged file, open for reading; null when there is none to read. Closed here. */
  inspection: LedgerInspection | null;
  at: number;
  sha256: Sha256;
  verifySignature: VerifySignature;
}): Recovery {
  const { dir, station, inspection, sha256, verifySignature } = options;
  const fresh = join(dir, FRESH_FILE);
  for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true });
  const n = nextAside(dir);
  const aside = existsSync(join(dir, LEDGER_FILE)) ? join(dir, `${LEDGER_FILE}.damaged-${n}`) : null;
  const store = openLedgerStore(fresh);
  let kept = 0;
  const chains = new Set(options.known);
  // As many recoveries as files set aside: a name that even the marks forgot is not used again.
  if (n > 1) chains.add(`${station}~${n}`);
  if (inspection) {
    let batch: LedgerEvent[] = [];
    let seals: Seal[] = [];
    const { heads } = verify(inspection, LEDGER_FILE, sha256, {
      verifySignature,
      keep(event, seal) {
        batch.push(event);
        if (seal) seals.push(seal);
        kept++;
        if (batch.length < BATCH) return;
        store.appendAll(batch, { seals });
        batch = [];
        seals = [];
      },
    });
    store.appendAll(batch, { seals });
    for (const chain of heads.keys()) chains.add(chain);
    keepKeys(inspection, store);
    inspection.close();
  }
  const recovery = { at: options.at, aside, kept, chain: nextChain(station, chains), faults: options.faults };
  store.appendAll([], { chain: recovery.chain });
  // Last: a fresh file with this note is complete.
  store.setNote(RECOVERY_NOTE, JSON.stringify(recovery));
  store.close();
  putInPlace(dir, aside);
  return recovery;
}

function keepKeys(inspection: LedgerInspection, store: SqliteLedgerStore): void {
  try {
    store.appendAll([], { keys: [...inspection.keys()] });
  } catch (error) {
    if (troubleOf(error) !== 'unreadable') throw error; // Torn, which is said.
  }
}

/** Completes a recovery that was killed between its two renames; drops a fresh file that was not complete. */
export function finishRecovery(dir: string): void {
  const fresh = join(dir, FRESH_FILE);
  if (!existsSync(fresh)) return;
  let recovery: Recovery | null = null;
  try {
    const inspection = inspectLedgerFile(fresh);
    recovery = parseRecovery(inspection.note(RECOVERY_NOTE));
    inspection.close();
  } catch {
    // Not complete.
  }
  if (recovery) {
    // Folds in a write-ahead log that its writer had no time to.
    openLedgerStore(fresh).close();
    putInPlace(dir, recovery.aside);
  } else for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true });
}

function putInPlace(dir: string, aside: string | null): void {
  const file = join(dir, LEDGER_FILE);
  for (const suffix of ['-wal', '-shm', '']) {
    if (aside !== null && existsSync(file + suffix) && !existsSync(aside + suffix)) {
      renameSync(file + suffix, aside + suffix);
    } else if (aside === null && suffix !== '') {
      // A write-ahead log without its database: kept, but never next to a file it does not belong to.
      const lost = `${file}.damaged-${nextAside(dir)}${suffix}`;
      if (existsSync(file + suffix)) renameSync(file + suffix, lost);
    }
  }
  renameSync(join(dir, FRESH_FILE), file);
}

/** Number of the next file to set aside: 1 above the highest that is there. */
function nextAside(dir: string): number {
  const numbers = readdirSync(dir).map((name) => /^ledger\.db\.damaged-(\d+)/.exec(name)?.[1]);
  return Math.max(0, ...numbers.map((n) => Number(n ?? 0))) + 1;
}

/** Own chain names that the note of a file tells of, if it can be read. */
export function chainNote(inspection: LedgerInspection | null): string | undefined {
  try {
    return inspection?.note(CHAIN_NOTE);
  } catch {
    return undefined;
  }
}
