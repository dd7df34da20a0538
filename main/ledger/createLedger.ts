import { type ChainHead, ledgerDigest } from '../../core/ledger/chain.ts';
import type { EventDraft, LedgerEvent, Stamp } from '../../core/ledger/envelope.ts';
import { type Have, haveOf } from '../../core/ledger/order.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { OPS } from '../../core/ledger/stream.ts';
import { chainNumber } from './chainName.ts';
import { createChains } from './chains.ts';
import { createDisputes } from './disputes.ts';
import { LedgerClosed, type LedgerWriteError } from './errors.ts';
import { lostTail } from './givenBack.ts';
import { createHeld } from './held.ts';
import { createLateSeals } from './lateSeals.ts';
import type { IngestResult, Ledger } from './ledger.ts';
import type { LedgerParts } from './ledgerParts.ts';
import { createListeners } from './listeners.ts';
import { createDiskRefusal } from './refusal.ts';
import { sealOwn } from './sealOwn.ts';
import { createStanding } from './standing.ts';
import { RECOVERY_NOTE } from './store.ts';
import { createUnwritten } from './unwritten.ts';
import { createVerification } from './verification.ts';

/** A group takes no further work once it has this many events: nobody waits longer than one such transaction takes. */
const GROUP_EVENTS = 2000;
const FIRST_OPS: Stamp = { stream: OPS, v: 1 };
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
  let { recovery } = parts;
  const { tell, committed, listen } = createListeners(log);
  const changed = (): void => tell((listener) => listener.changed?.());
  let waiting: Work[] = [];
  let scheduled = false;
  let closed = false;
  /** Who sent what made the own chain a new one. */
  let givenBy = '';
  const held = createHeld();
  const unwritten = createUnwritten();
  const chains = createChains({ ...parts, stamp, pending: (id) => held.find(id) ?? unwritten.find(id) });

  const verification = createVerification({
    ...{ store, clock, log, verifier: parts.verifier, last: parts.verified },
    changed,
  });

  const disputes = createDisputes({ log, changed });
  const disk = createDiskRefusal({ clock, log, changed });

  const late = createLateSeals({ within: parts.sealWithin ?? 0, clock, onDue: () => void sealLate() });
  /** Seals what waits for it; what the disk refuses is sealed with the next commit, or when it is tried. */
  const sealLate = (): void => {
    if (closed || late.waiting().length === 0) return;
    try {
      store.appendAll([], chains.seals(late.waiting()));
    } catch (cause) {
      disk.refused(cause);
      return;
    }
    late.sealed();
    tell((listener) => listener.sealed?.());
  };

  /** Folds what is held and not yet folded: in one go what several peers sent, because late events fold whole aggregates again. */
  const foldHeld = (): void => {
    const events = held.unfolded();
    if (events.length > 0) tell((listener) => listener.fold?.(events));
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

  /** Writes what is held in memory, oldest first. False while the disk refuses it. */
  const catchUp = (): boolean => {
    while (unwritten.size > 0) {
      const events = unwritten.first(GROUP_EVENTS);
      try {
        store.appendAll(events, chains.seals(late.due(events)));
      } catch (cause) {
        disk.refused(cause);
        return false;
      }
      late.committed(events);
      unwritten.written(events.length);
      standing.note();
      committed(events, 'local');
    }
    disk.taken();
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
    if (unwritten.size > 0 && disk.now !== null && !(disk.isDue() && catchUp())) {
      const { error } = disk.now;
      for (const work of waiting.splice(0)) keepOrReject(work, error);
      return;
    }
    const before = chains.mark();
    const group: { work: Work; answer: () => void }[] = [];
    let count = 0;
    while (count < waiting.length && held.size < GROUP_EVENTS) {
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
    if (held.size > 0 && !commit(before, group)) return;
    for (const { answer } of group) answer();
  };

  const commit = (before: { back(): void }, group: readonly { work: Work }[]): boolean => {
    const renamed = chains.renamed;
    const { local, peer } = held;
    try {
      store.appendAll(held.all(), { chain: renamed, ...chains.seals(late.due(local)) });
    } catch (cause) {
      before.back();
      const subjects = held.subjects();
      held.clear();
      tell((listener) => listener.rolledBack?.(subjects));
      const error = disk.refused(cause);
      for (const { work } of group) keepOrReject(work, error);
      return false;
    }
    held.clear();
    late.committed(local);
    disk.taken();
    standing.note();
    if (renamed !== undefined) noteLostTail(renamed, peer);
    committed(local, 'local');
    committed(peer, 'peer');
    return true;
  };

  const noteLostTail = (chain: string, given: readonly LedgerEvent[]): void => {
    const at = clock.now();
    recovery = lostTail({ chain, given, ownChains: chains.ownChains(), from: givenBy, at, kept: count() });
    try {
      store.setNote(RECOVERY_NOTE, JSON.stringify(recovery));
    } catch (error) {
      log.warn({ err: error }, 'the recovery could not be noted in ledger.db; it is shown until the next start only');
    }
    log.warn({ chain, faults: recovery.faults }, 'own events came back from a peer; going on under a new chain');
    changed();
  };

  const durable = () => unwritten.durable(chains.heads());
  const count = (): number => [...durable().values()].reduce((sum, head) => sum + head.seq, 0);
  const inMemoryOf = (subject: string): LedgerEvent[] => [...unwritten.ofSubject(subject), ...held.ofSubject(subject)];
  const have = (): Have => haveOf([...durable()].map(([chain, head]) => [chain, head.seq]));
  const heads = (): Readonly<Record<string, ChainHead>> => Object.fromEntries(durable());
  const digest = (): string => ledgerDigest(heads(), sha256);
  const standing = createStanding(parts, chains, { durable, count, heads, digest }, changed);

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
        held.add(verdict.event, 'peer');
        result.accepted++;
      }
    }
    if (chains.own !== before) givenBy = from;
    return result;
  };

  sealOwn(chains, store, log);

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
      notRecording: disk.now && { since: disk.now.since, trouble: disk.now.error.trouble, unwritten: unwritten.size },
      markTrouble: standing.markTrouble,
      verification: verification.status(),
    }),
    transact: (decide, options = {}) =>
      new Promise((resolve, reject) => {
        const run = (): (() => void) => {
          foldHeld();
          const events = chains.link(decide());
          for (const event of events) held.add(event, 'local');
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
    file: store.file,
    have,
    heads,
    range: (chain, from, limit) => store.range(chain, from, limit),
    wireTexts: (chain, from, limit) => store.wireTexts(chain, from, limit),
    sealWithin: (chain, from, to) => store.sealWithin(chain, from, to),
    sealFrom: (chain, from) => store.sealFrom(chain, from),
    all: () => store.all(),
    after: (known) => store.after(known),
    asAppended: () => store.asAppended(),
    bySubject: (range) => store.bySubject(range),
    eventsOf: (subject) => [...store.ofSubject(subject), ...inMemoryOf(subject)],
    inMemoryOf,
    digest,
    isUnwritten: (subject) => unwritten.holds(subject),
    tryDisk() {
      if (closed || scheduled) return; // What waits is about to try it.
      if (unwritten.size > 0 && !catchUp()) return;
      try {
        store.tryWrite(disk.now === null ? TRY_CHARS.working : TRY_CHARS.refusing);
        disk.taken();
        sealLate();
      } catch (cause) {
        disk.refused(cause);
      }
    },
    acknowledgeRecovery() {
      if (recovery === null) return;
      try {
        store.setNote(RECOVERY_NOTE, null);
      } catch (cause) {
        throw disk.refused(cause);
      }
      recovery = null;
      tell((listener) => listener.changed?.());
    },
    verify: () => (closed ? Promise.reject(new LedgerClosed()) : verification.run(count())),
    listen,
    async close() {
      if (closed) return;
      while (waiting.length > 0) flush();
      if (unwritten.size > 0 && !catchUp())
        log.error({ events: unwritten.size }, 'what the hall found while the disk refused it was never written');
      sealLate();
      closed = true;
      late.stop();
      verification.stop();
      parts.onClosed?.();
    },
  };
}
