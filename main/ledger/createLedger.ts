import type { Logger } from 'pino';
import { type ChainHead, ledgerDigest, type Sha256 } from '../../core/ledger/chain.ts';
import { isCheckpointDue } from '../../core/ledger/checkpoint.ts';
import type { EventDraft, LedgerEvent, Stamp } from '../../core/ledger/envelope.ts';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import { checkpointText, type Seal, type Signer, type VerifySignature } from '../../core/ledger/seal.ts';
import { chainKey, OPS, shownChain } from '../../core/ledger/stream.ts';
import type { Clock } from '../clock.ts';
import { type DiskTrouble, diskTroubleOf } from '../files/trouble.ts';
import { chainNumber } from './chainName.ts';
import { createChains } from './chains.ts';
import { createDisputes } from './disputes.ts';
import { LedgerClosed, LedgerWriteError } from './errors.ts';
import type { Recovery } from './fault.ts';
import type { HeadMark } from './headMark.ts';
import type { IngestResult, Ledger, LedgerListener } from './ledger.ts';
import { type LedgerStore, RECOVERY_NOTE } from './store.ts';
import { createUnwritten } from './unwritten.ts';
import { createVerification, type Verified, type Verifier } from './verification.ts';

/** What createLedger needs; `openLedger` puts it together for a data folder. */
export interface LedgerParts {
  store: LedgerStore;
  station: string;
  /** The chain to write to. */
  chain: string;
  clock: Clock;
  log: Logger;
  sha256: Sha256;
  /** Says where a draft belongs; absent: all that is written is of the first version and of the stream `ops`. */
  stamp?: ((draft: EventDraft) => Stamp) | undefined;
  signer: Signer;
  verifySignature: VerifySignature;
  recovery: Recovery | null;
  /** The last time that every event was verified. */
  verified: Verified | null;
  verifier: Verifier;
  /** Runs `flush` soon: callers of the same turn of the event loop share one transaction. */
  schedule?: (flush: () => void) => void;
  /** Whether it is time for another checkpoint; absent: as core/ledger has it. */
  checkpointDue?: typeof isCheckpointDue;
  /** Told of where the own chains stand after each commit: their name, and the head in each stream. */
  onHead?(mark: HeadMark): void;
  /** Closes the store and what else belongs to it. */
  onClosed(): void;
}

/** A group takes no further work once it has this many events: nobody waits longer than one such transaction takes. */
const GROUP_EVENTS = 2000;
const FIRST_OPS: Stamp = { stream: OPS, v: 1 };
/** Between two tries of a disk that refuses what is held in memory, in ms: each costs as much as it would write. */
const TRY_AGAIN = 500;
/** What is tried to be written, in characters: a disk that takes only a few bytes more is no disk to record on. */
const TRY_CHARS = { working: 1, refusing: 64 * 1024 };

/** One caller waiting. `run` links and folds, and answers what answers it once that is durable. */
interface Work {
  run(): () => void;
  /** Lets it take effect in memory only; undefined for what nobody may believe recorded. */
  keep?: (() => void) | undefined;
  reject(error: unknown): void;
}

/** The ledger over any store: groups what callers decide and peers send into durable transactions. */
export function createLedger(parts: LedgerParts): Ledger {
  const { store, clock, log, sha256, schedule = setImmediate, stamp = () => FIRST_OPS } = parts;
  const { checkpointDue = isCheckpointDue } = parts;
  let { recovery } = parts;
  const listeners = new Set<LedgerListener>();
  let waiting: Work[] = [];
  let scheduled = false;
  let closed = false;
  let fresh: { local: LedgerEvent[]; peer: LedgerEvent[] } = { local: [], peer: [] };
  /** Linked, folded, not durable yet: by id, in the order of linking. */
  let pending = new Map<string, LedgerEvent>();
  let pendingOf = new Map<string, LedgerEvent[]>();
  let unfolded: LedgerEvent[] = [];
  /** Who sent what made the own chain a new one. */
  let givenBy = '';
  const unwritten = createUnwritten();
  let refusal: { since: number; error: LedgerWriteError; tryAt: number } | null = null;
  let markTrouble: DiskTrouble | null = null;

  let checkpoint = store.checkpoint();

  const chains = createChains({ ...parts, stamp, pending: (id) => pending.get(id) ?? unwritten.find(id) });

  /** A listener that throws harms nobody else: what it was told has happened. */
  const tell = (call: (listener: LedgerListener) => void): void => {
    for (const listener of listeners) {
      try {
        call(listener);
      } catch (error) {
        log.error({ err: error }, 'a listener of the ledger failed');
      }
    }
  };

  const verification = createVerification({
    ...{ store, clock, log, verifier: parts.verifier, last: parts.verified },
    changed: () => tell((listener) => listener.changed?.()),
  });

  const disputes = createDisputes({ log, changed: () => tell((listener) => listener.changed?.()) });

  const hold = (event: LedgerEvent, origin: 'local' | 'peer'): void => {
    pending.set(event.id, event);
    fresh[origin].push(event);
    unfolded.push(event);
    const list = pendingOf.get(event.subject);
    if (list) list.push(event);
    else pendingOf.set(event.subject, [event]);
  };

  /** Folds what is held and not yet folded: in one go what several peers sent, because late events fold whole aggregates again. */
  const foldHeld = (): void => {
    const events = unfolded;
    unfolded = [];
    if (events.length > 0) tell((listener) => listener.fold?.(events));
  };

  const clear = (): void => {
    fresh = { local: [], peer: [] };
    pending = new Map();
    pendingOf = new Map();
  };

  const enqueue = (work: Work): void => {
    if (closed) {
      work.reject(new LedgerClosed());
      return;
    }
    waiting.push(work);
    if (scheduled) return;
    scheduled = true;
    schedule(flush);
  };

  /** The disk said no. Said once, until it takes something again or says no for another reason. */
  const refused = (cause: unknown): LedgerWriteError => {
    const error = new LedgerWriteError(cause);
    const news = refusal?.error.trouble.kind !== error.trouble.kind;
    refusal = { since: refusal?.since ?? clock.now(), error, tryAt: clock.monotonic() + TRY_AGAIN };
    if (news) {
      log.error({ err: error }, error.message);
      tell((listener) => listener.changed?.());
    }
    return error;
  };

  const taken = (): void => {
    if (refusal === null) return;
    log.warn({ since: refusal.since }, 'ledger.db can be written again');
    refusal = null;
    tell((listener) => listener.changed?.());
  };

  const writeMark = (): void => {
    if (!parts.onHead) return;
    const durably = durable();
    const mark: HeadMark = { chain: chains.own, heads: {} };
    for (const stream of chains.streams()) {
      const head = durably.get(chainKey({ stream, station: chains.own }));
      if (head) mark.heads[stream] = head;
    }
    let trouble: DiskTrouble | null = null;
    try {
      parts.onHead(mark);
    } catch (error) {
      // The events are durable; only a later loss of the ledger's end would go unnoticed.
      trouble = diskTroubleOf(error);
      if (markTrouble === null) log.error({ err: error }, 'ledger.head could not be written');
    }
    if (trouble?.kind === markTrouble?.kind) return;
    markTrouble = trouble;
    tell((listener) => listener.changed?.());
  };

  /** Notes now and then where everything stands, so that a start has little to verify. Without it that only takes longer. */
  const writeCheckpoint = (): void => {
    const events = count();
    const at = clock.now();
    if (!checkpointDue(checkpoint, events, at)) return;
    try {
      const next = { at, events, heads: heads(), sig: parts.signer.sign(checkpointText({ at, events }, digest())) };
      store.addCheckpoint(next);
      checkpoint = next;
    } catch (error) {
      log.warn({ err: error }, 'a checkpoint could not be written to ledger.db');
    }
  };

  /** Writes what is held in memory, oldest first. False while the disk refuses it. */
  const catchUp = (): boolean => {
    while (unwritten.size > 0) {
      const events = unwritten.first(GROUP_EVENTS);
      try {
        store.appendAll(events, chains.seals(events));
      } catch (cause) {
        refused(cause);
        return false;
      }
      unwritten.written(events.length);
      writeMark();
      writeCheckpoint();
      tell((listener) => listener.committed?.(events, 'local'));
    }
    taken();
    return true;
  };

  const keepOrReject = (work: Work, error: LedgerWriteError): void => {
    if (!work.keep || unwritten.full) {
      work.reject(error);
      return;
    }
    try {
      work.keep();
    } catch (refusalOfRule) {
      work.reject(refusalOfRule);
    }
  };

  /** Links and folds without writing: seen by windows and by later decisions of the hall, by no other station. */
  const keep = (decide: () => readonly EventDraft[]): LedgerEvent[] => {
    const before = new Map(durable());
    const events = chains.link(decide());
    if (events.length === 0) return [];
    unwritten.add(events, before);
    tell((listener) => listener.fold?.(events));
    tell((listener) => listener.kept?.(events));
    return events;
  };

  const flush = (): void => {
    scheduled = false;
    if (unwritten.size > 0 && refusal !== null) {
      if (clock.monotonic() < refusal.tryAt || !catchUp()) {
        const { error } = refusal;
        for (const work of waiting.splice(0)) keepOrReject(work, error);
        return;
      }
    }
    const before = chains.mark();
    const group: { work: Work; answer: () => void }[] = [];
    let count = 0;
    while (count < waiting.length && pending.size < GROUP_EVENTS) {
      const work = waiting[count++] as Work;
      try {
        group.push({ work, answer: work.run() });
      } catch (error) {
        work.reject(error);
      }
    }
    waiting = waiting.slice(count);
    if (waiting.length > 0) {
      scheduled = true;
      schedule(flush);
    }
    foldHeld();
    if (pending.size > 0 && !commit(before, group)) return;
    for (const { answer } of group) answer();
  };

  const commit = (before: { back(): void }, group: readonly { work: Work }[]): boolean => {
    const renamed = chains.renamed;
    const { local, peer } = fresh;
    try {
      store.appendAll([...pending.values()], { chain: renamed, ...chains.seals(local) });
    } catch (cause) {
      before.back();
      const subjects = [...pendingOf.keys()];
      clear();
      tell((listener) => listener.rolledBack?.(subjects));
      const error = refused(cause);
      for (const { work } of group) keepOrReject(work, error);
      return false;
    }
    clear();
    taken();
    writeMark();
    writeCheckpoint();
    if (renamed !== undefined) lostTail(renamed, peer, givenBy);
    if (local.length > 0) tell((listener) => listener.committed?.(local, 'local'));
    if (peer.length > 0) tell((listener) => listener.committed?.(peer, 'peer'));
    return true;
  };

  /** Peers gave back events of our own chain that were not here: the file was put back to an earlier state behind our back. */
  const lostTail = (chain: string, given: readonly LedgerEvent[], from: string): void => {
    const first = given.find((event) => chains.ownChains().includes(event.station));
    recovery = {
      at: clock.now(),
      aside: null,
      kept: count(),
      chain,
      faults: [
        {
          fault: 'lost-tail',
          file: 'ledger.db',
          chain: first ? chainKey(first) : null,
          seq: first?.seq ?? null,
          message: `station ${from} holds event ${first?.seq ?? '?'} of our own chain ${first ? shownChain(chainKey(first)) : ''}, which was missing here`,
        },
      ],
      givenBy: from,
    };
    try {
      store.setNote(RECOVERY_NOTE, JSON.stringify(recovery));
    } catch (error) {
      log.warn({ err: error }, 'the recovery could not be noted in ledger.db; it is shown until the next start only');
    }
    log.warn({ chain, faults: recovery.faults }, 'own events came back from a peer; going on under a new chain');
    tell((listener) => listener.changed?.());
  };

  const durable = () => unwritten.durable(chains.heads());
  const count = (): number => [...durable().values()].reduce((sum, head) => sum + head.seq, 0);
  const have = (): Have => haveOf([...durable()].map(([chain, head]) => [chain, head.seq]));
  const heads = (): Readonly<Record<string, ChainHead>> => Object.fromEntries(durable());
  const digest = (): string => ledgerDigest(heads(), sha256);

  const takeAll = (events: readonly unknown[], from: string, seals: readonly Seal[]): IngestResult => {
    const result: IngestResult = { accepted: 0, repeated: 0, refused: [], have: {} };
    const before = chains.own;
    for (const verdict of chains.take(events, from, seals)) {
      if (verdict.taken === 'refused') {
        const { id, reason, message, chain, seq } = verdict;
        result.refused.push({ id, reason, message });
        if (reason === 'fork' && chain !== undefined && seq !== undefined) disputes.fork(chain, seq, from);
        const ours = chain !== undefined && chainNumber(parts.station, chain) !== null;
        if (chain !== undefined && (reason === 'foreign-key' || (reason === 'unsealed' && ours)))
          disputes.stranger(chain, from);
      } else if (verdict.taken === 'repeat') result.repeated++;
      else {
        hold(verdict.event, 'peer');
        result.accepted++;
      }
    }
    if (chains.own !== before) givenBy = from;
    return result;
  };

  /** What of the own chains has no seal: written before there was this key, or by a version that was killed in between. */
  const sealOwn = (): void => {
    if (chains.keyChanged) return;
    const bare = chains.ownKeys().flatMap((chain) => {
      const seq = chains.heads().get(chain)?.seq ?? 0;
      return store.sealFrom(chain, seq) ? [] : store.range(chain, seq, 1);
    });
    if (bare.length === 0) return;
    try {
      store.appendAll([], chains.seals(bare));
    } catch (error) {
      log.warn({ err: error }, 'the own records could not be sealed; they are at the next start');
    }
  };
  sealOwn();

  return {
    get chain() {
      return chains.own;
    },
    ownChains: () => chains.ownChains(),
    ownKeys: () => chains.ownKeys(),
    get count() {
      return count();
    },
    status: () => ({
      chain: chains.own,
      events: count(),
      digest: digest(),
      recovery,
      forks: disputes.forks,
      strangers: disputes.strangers,
      keyChanged: chains.keyChanged,
      notRecording: refusal && { since: refusal.since, trouble: refusal.error.trouble, unwritten: unwritten.size },
      markTrouble,
      verification: verification.status(),
    }),
    transact: (decide, options = {}) =>
      new Promise((resolve, reject) => {
        const run = (): (() => void) => {
          foldHeld();
          const events = chains.link(decide());
          for (const event of events) hold(event, 'local');
          foldHeld();
          return () => resolve(events);
        };
        enqueue({ run, keep: options.keep ? () => resolve(keep(decide)) : undefined, reject });
      }),
    ingest: (events, from, seals) =>
      new Promise((resolve, reject) => {
        const run = (): (() => void) => {
          const result = takeAll(events, from, seals);
          return () => resolve({ ...result, have: have() });
        };
        enqueue({ run, reject });
      }),
    have,
    heads,
    range: (chain, from, limit) => store.range(chain, from, limit),
    sealWithin: (chain, from, to) => store.sealWithin(chain, from, to),
    sealFrom: (chain, from) => store.sealFrom(chain, from),
    all: () => store.all(),
    after: (known) => store.after(known),
    asAppended: () => store.asAppended(),
    bySubject: () => store.bySubject(),
    eventsOf: (subject) => [
      ...store.ofSubject(subject),
      ...unwritten.ofSubject(subject),
      ...(pendingOf.get(subject) ?? []),
    ],
    digest,
    isUnwritten: (subject) => unwritten.holds(subject),
    tryDisk() {
      if (closed || scheduled) return; // What waits is about to try it.
      if (unwritten.size > 0 && !catchUp()) return;
      try {
        store.tryWrite(refusal === null ? TRY_CHARS.working : TRY_CHARS.refusing);
        taken();
      } catch (cause) {
        refused(cause);
      }
    },
    acknowledgeRecovery() {
      if (recovery === null) return;
      try {
        store.setNote(RECOVERY_NOTE, null);
      } catch (cause) {
        throw refused(cause);
      }
      recovery = null;
      tell((listener) => listener.changed?.());
    },
    verify: () => (closed ? Promise.reject(new LedgerClosed()) : verification.run(count())),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      if (closed) return;
      while (waiting.length > 0) flush();
      if (unwritten.size > 0 && !catchUp())
        log.error({ events: unwritten.size }, 'what the hall found while the disk refused it was never written');
      closed = true;
      verification.stop();
      parts.onClosed?.();
    },
  };
}
