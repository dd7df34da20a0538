import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type ChainHead, ledgerDigest, type Sha256 } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { EventDraft, Stamp } from '../../core/ledger/envelope.ts';
import { checkpointText, type Signer, type VerifySignature } from '../../core/ledger/seal.ts';
import { chainKey, shownChain } from '../../core/ledger/stream.ts';
import { troubleOf } from '../../native/sqlite/database.ts';
import { LOCK_FILE, lockFolder } from '../../native/sqlite/folderLock.ts';
import {
  inspectLedgerFile,
  type LedgerInspection,
  lengthsOf,
  oddHeader,
} from '../../native/sqlite/ledgerInspection.ts';
import { openLedgerStore } from '../../native/sqlite/ledgerStore.ts';
import type { Clock } from '../clock.ts';
import { naming } from '../files/fileFault.ts';
import { chainNumber, checkStation, isChainName, nextChain, stationOf } from './chainName.ts';
import { createLedger } from './createLedger.ts';
import { WrongStation } from './errors.ts';
import type { LedgerFault, Recovery } from './fault.ts';
import { type HeadMark, type HeadMarkFile, openHeadMark } from './headMark.ts';
import type { Ledger } from './ledger.ts';
import { chainNote, finishRecovery, LEDGER_FILE, parseRecovery, recover } from './recovery.ts';
import { sha256 as nodeSha256 } from './sha256.ts';
import { createVerifySignature, keptStationKey } from './stationKey.ts';
import { CHAIN_NOTE, type LedgerStore, RECOVERY_NOTE, VERIFIED_NOTE } from './store.ts';
import { parseVerified, threadVerifier, type Verified } from './verification.ts';
import { faultOf, verify } from './verify.ts';

export interface LedgerOptions {
  /** The data folder; made when it is not there. */
  dir: string;
  station: string;
  clock: Clock;
  log: Logger;
  sha256?: Sha256;
  /** Signs as this station; absent: with the key that the folder keeps. */
  signer?: Signer;
  /** Says where a draft belongs; absent: all that is written is of the first version and of the stream `ops`. */
  stamp?: (draft: EventDraft) => Stamp;
  /** Verifies everything before it opens, not only what came after the last checkpoint. */
  verifyAll?: boolean | undefined;
}

/** A station far away hears of a decision so much later at most, and only of one that followed closely on another. */
const SEAL_MS = 20;

/**
 * Opens the ledger of a data folder and verifies every chain of it from the last checkpoint on (all of it where there is none, or the
 * file is known to be damaged). A damaged file is set aside and what verifies goes on: `status().recovery` says so.
 *
 * @throws FolderInUse when another hall works on the folder.
 * @throws NewerFile when a later version of OpsHall wrote it.
 * @throws WrongStation when the folder is another station's.
 * @throws RangeError when the station's name cannot be one.
 * @throws FileFault naming what cannot be read or written.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { dir, station, clock, log, sha256 = nodeSha256, verifyAll = false } = options;
  checkStation(station);
  naming(dir, () => mkdirSync(dir, { recursive: true, mode: 0o700 }));
  const lock = naming(join(dir, LOCK_FILE), () => lockFolder(dir));
  let mark: HeadMarkFile | undefined;
  let store: LedgerStore | undefined;
  const release = (): void => {
    store?.close();
    mark?.close();
    lock.release();
  };
  try {
    const signer = options.signer ?? keptStationKey(dir);
    const verifySignature = createVerifySignature();
    const head = join(dir, 'ledger.head');
    const found = naming(head, () => openHeadMark(head));
    mark = found;
    let verified: Verified | null = null;
    const opened = naming(join(dir, LEDGER_FILE), () => {
      finishRecovery(dir);
      const looked = recoverIfDamaged({
        ...{ dir, station, mark: found.found, clock, sha256, verifyAll, key: signer.key, verifySignature },
      });
      const { recovery } = looked;
      verified = looked.verified;
      if (recovery) {
        found.write({ chain: recovery.chain, heads: {} });
        log.error({ recovery }, 'the ledger file was damaged; it was set aside and the hall goes on');
      }
      return openLedgerStore(join(dir, LEDGER_FILE));
    });
    store = opened;
    const noted = opened.note(CHAIN_NOTE);
    // A name that no other station takes (forged, in a ledger of before that was refused) is not written on.
    const chain =
      noted === undefined ? station : isChainName(noted) ? noted : nextChain(station, opened.heads().keys());
    // Only where it is news: a start should need as little of a full disk as it can.
    if (noted !== chain) naming(join(dir, LEDGER_FILE), () => opened.setNote(CHAIN_NOTE, chain));
    return createLedger({
      store: opened,
      station,
      chain,
      clock,
      log,
      sha256,
      recovery: parseRecovery(opened.note(RECOVERY_NOTE)),
      verified: verified ?? parseVerified(opened.note(VERIFIED_NOTE)),
      verifier: threadVerifier(join(dir, LEDGER_FILE)),
      onHead: found.write,
      sealWithin: SEAL_MS,
      stamp: options.stamp,
      ...{ signer, verifySignature },
      onClosed: release,
    });
  } catch (error) {
    release();
    throw error;
  }
}

/** Looks at the file without changing it; recovers when something is wrong with it. `verified` is set when it looked at every event. */
function recoverIfDamaged(options: {
  dir: string;
  station: string;
  mark: HeadMark | null;
  clock: Clock;
  sha256: Sha256;
  verifyAll: boolean;
  /** This station's public key. */
  key: string;
  verifySignature: VerifySignature;
}): { recovery: Recovery | null; verified: Verified | null } {
  const { dir, station, mark, clock, sha256, verifyAll, key, verifySignature } = options;
  const file = join(dir, LEDGER_FILE);
  const exists = existsSync(file);
  const faults: LedgerFault[] = [];
  const known: string[] = [];
  let heads = new Map<string, ChainHead>();
  let inspection: LedgerInspection | null = null;
  const odd = exists ? oddHeader(file) : null;
  if (odd !== null) {
    const message = `${LEDGER_FILE} is damaged: ${odd}`;
    faults.push({ fault: 'unreadable', file: LEDGER_FILE, chain: null, seq: null, message });
    inspection = whatIsLeft(file);
  } else if (exists) {
    try {
      inspection = inspectLedgerFile(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      const fault = faultOf(LEDGER_FILE, error);
      faults.push(fault.fault === 'unreadable' ? (cutShort(file) ?? fault) : fault);
      inspection = whatIsLeft(file);
    }
  }
  let verified: Verified | null = null;
  if (inspection) {
    const from =
      verifyAll || faults.length > 0
        ? null
        : trustedCheckpoint(inspection, (checkpoint) =>
            verifySignature(key, checkpointText(checkpoint, ledgerDigest(checkpoint.heads, sha256)), checkpoint.sig),
          );
    let found = verify(inspection, LEDGER_FILE, sha256, { from, verifySignature });
    const all = from === null || found.faults.length > 0;
    if (from !== null && all) found = verify(inspection, LEDGER_FILE, sha256, { verifySignature });
    if (all) verified = { at: clock.now(), events: found.events, faults: [] };
    heads = found.heads;
    faults.push(...found.faults);
  }
  const noted = chainNote(inspection);
  if (noted !== undefined) {
    if (chainNumber(station, noted) === null) {
      inspection?.close();
      throw new WrongStation(dir, stationOf(noted), station);
    }
    known.push(noted);
  }
  if (mark !== null) {
    known.push(mark.chain);
    if (faults.length === 0) faults.push(...lostTail(station, mark, noted ?? station, heads, exists));
  }
  if (faults.length === 0) {
    inspection?.close();
    return { recovery: null, verified };
  }
  return {
    recovery: recover({ dir, station, known, faults, inspection, at: clock.now(), sha256, verifySignature }),
    verified,
  };
}

/** The checkpoint to verify from; null where there is none that this station signed, or the last verification of all found damage. */
function trustedCheckpoint(inspection: LedgerInspection, isOurs: (one: Checkpoint) => boolean): Checkpoint | null {
  try {
    const last = parseVerified(inspection.note(VERIFIED_NOTE));
    const checkpoint = last && last.faults.length > 0 ? null : inspection.checkpoint();
    return checkpoint && isOurs(checkpoint) ? checkpoint : null;
  } catch {
    return null; // Said when everything is verified.
  }
}

/** Names a file that ends before its own header says it does. */
function cutShort(file: string): LedgerFault | null {
  const { bytes, expected } = lengthsOf(file);
  if (bytes >= expected || expected > 2 ** 48) return null;
  const message = `${LEDGER_FILE} was cut short: it has ${bytes} bytes, and had ${expected}`;
  return { fault: 'unreadable', file: LEDGER_FILE, chain: null, seq: null, message };
}

/** Null when nothing of the file can be read. */
function whatIsLeft(file: string): LedgerInspection | null {
  try {
    return inspectLedgerFile(file, true);
  } catch {
    return null; // said already
  }
}

/** Damage is what is wrong with the bytes; all else (no right to read, a newer version, another program's lock) is for a person. */
function isDamage(error: unknown): boolean {
  const trouble = troubleOf(error);
  return trouble === 'not-a-database' || trouble === 'unreadable';
}

/** What the mark of the last commit remembers and the file does not hold. */
function lostTail(
  station: string,
  mark: HeadMark,
  chain: string,
  heads: ReadonlyMap<string, ChainHead>,
  exists: boolean,
): LedgerFault[] {
  // A file written under a later chain than the mark's is a recovery that was killed before it reached the mark.
  if ((chainNumber(station, chain) ?? 0) > (chainNumber(station, mark.chain) ?? 0)) return [];
  return Object.entries(mark.heads).flatMap(([stream, marked]): LedgerFault[] => {
    const key = chainKey({ stream, station: mark.chain });
    const name = shownChain(key);
    const head = heads.get(key);
    const held = head?.seq ?? 0;
    const fault = (kind: LedgerFault['fault'], seq: number, message: string): LedgerFault[] => [
      { fault: kind, file: LEDGER_FILE, chain: key, seq, message },
    ];
    if (!exists) return fault('lost-tail', 1, `${LEDGER_FILE} is gone; it held ${marked.seq} events of chain ${name}`);
    if (held < marked.seq) {
      return fault(
        'lost-tail',
        held + 1,
        `${LEDGER_FILE} ends at event ${held} of chain ${name}; it once held ${marked.seq} (an old copy put back, or its -wal file lost)`,
      );
    }
    if (held === marked.seq && head?.hash !== marked.hash)
      return fault(
        'altered',
        held,
        `${LEDGER_FILE}: chain ${name} was written anew; event ${held} is not the one recorded`,
      );
    return [];
  });
}
