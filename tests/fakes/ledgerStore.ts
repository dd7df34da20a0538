import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { compareOrder } from '../../core/ledger/order.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import type { LedgerStore } from '../../main/ledger/store.ts';
import type { Verifier } from '../../main/ledger/verification.ts';

/** A ledger store in memory. Like a disk it keeps text, survives the ledger that wrote to it, and fails when told to. */
export interface MemoryLedgerStore extends LedgerStore {
  /** The next append fails with this code of SQLite's. */
  failNext(code: string): void;
  /** Everything that writes fails with this code of SQLite's or of the system, until null. */
  refuse(code: string | null): void;
}

export function createMemoryLedgerStore(): MemoryLedgerStore {
  const chains = new Map<string, { text: string; subject: string; head: ChainHead & { hlc: string } }[]>();
  const notes = new Map<string, string>();
  const checkpoints: Checkpoint[] = [];
  let failure: string | null = null;
  let refusing: string | null = null;

  const write = (): void => {
    const code = failure ?? refusing;
    failure = null;
    if (code !== null) throw Object.assign(new Error('the test made it fail'), { code });
  };

  const parse = (line: { text: string }): LedgerEvent => JSON.parse(line.text);
  const everything = (): LedgerEvent[] => [...chains.values()].flatMap((lines) => lines.map(parse));

  return {
    appendAll(events, chain) {
      write();
      for (const event of events) {
        const lines = chains.get(chainKey(event)) ?? [];
        if (event.seq !== lines.length + 1) throw new Error(`the ledger appended ${event.id} after ${lines.length}`);
        const { seq, hash, hlc, subject } = event;
        chains.set(chainKey(event), [...lines, { text: JSON.stringify(event), subject, head: { seq, hash, hlc } }]);
      }
      if (chain !== undefined) notes.set('chain', chain);
    },
    range: (chain, from, limit) => (chains.get(chain) ?? []).slice(from - 1, from - 1 + limit).map(parse),
    ofSubject: (subject) =>
      [...chains.values()].flatMap((lines) => lines.filter((line) => line.subject === subject).map(parse)),
    *all() {
      yield* everything().sort(compareOrder);
    },
    *after(have) {
      for (const [chain, lines] of chains) yield* lines.slice(have[chain] ?? 0).map(parse);
    },
    heads() {
      const heads = new Map<string, ChainHead & { hlc: string }>();
      for (const [chain, lines] of chains) {
        const last = lines.at(-1);
        if (last) heads.set(chain, last.head);
      }
      return heads;
    },
    checkpoint: () => checkpoints.at(-1) ?? null,
    addCheckpoint(checkpoint) {
      write();
      checkpoints.push(checkpoint);
    },
    note: (key) => notes.get(key),
    setNote(key, value) {
      write();
      if (value === null) notes.delete(key);
      else notes.set(key, value);
    },
    tryWrite: write,
    close() {},
    refuse(code) {
      refusing = code;
    },
    failNext(code) {
      failure = code;
    },
  };
}

/** For a ledger that nobody has verified beside its work. */
export const unverified: { verified: null; verifier: Verifier } = {
  verified: null,
  verifier: () => ({ done: Promise.reject(new Error('nothing verifies a ledger in memory')), stop: () => undefined }),
};
