import { createHash, createPrivateKey } from 'node:crypto';
import type { ChainHead } from '../../core/ledger/chain.ts';
import type { Checkpoint } from '../../core/ledger/checkpoint.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { isIntakeFault, readEvent } from '../../core/ledger/intake.ts';
import { compareOrder } from '../../core/ledger/order.ts';
import { type Seal, type Signer, sealWith } from '../../core/ledger/seal.ts';
import { chainKey } from '../../core/ledger/stream.ts';
import { wireText } from '../../core/ledger/texts.ts';
import { stationOf } from '../../main/ledger/chainName.ts';
import type { IngestResult, Ledger } from '../../main/ledger/ledger.ts';
import type { LedgerParts } from '../../main/ledger/ledgerParts.ts';
import { createVerifySignature, signerOf } from '../../main/ledger/stationKey.ts';
import type { LedgerStore } from '../../main/ledger/store.ts';
import type { LedgerInspection } from '../../native/sqlite/ledgerInspection.ts';
import type { SealedRow } from '../../native/sqlite/ledgerRow.ts';

/** A ledger store in memory. Like a disk it keeps text, survives the ledger that wrote to it, and fails when told to. */
export interface MemoryLedgerStore extends LedgerStore {
  /** The next append fails with this code of SQLite's. */
  failNext(code: string): void;
  /** Everything that writes fails with this code of SQLite's or of the system, until null. */
  refuse(code: string | null): void;
  /** After so many writes the process is killed: just before the next one, or `done` just after it. Nothing is written then until `revive`. */
  crash(after: number, done: boolean, die: () => void): void;
  revive(): void;
  /** A write to another file of the folder: one of those between which it may be killed. */
  beside(perform: () => void): void;
  /** What lies there, as a start verifies it. */
  inspection(): LedgerInspection;
}

export function createMemoryLedgerStore(): MemoryLedgerStore {
  const chains = new Map<string, { text: string; subject: string; head: ChainHead & { hlc: string } }[]>();
  const notes = new Map<string, string>();
  const appended: string[] = [];
  const checkpoints: Checkpoint[] = [];
  const sealed = new Map<string, Seal>();
  const keys = new Map<string, string>();
  const sealsOf = (chain: string): Seal[] =>
    [...sealed.values()].filter((seal) => seal.chain === chain).sort((a, b) => a.seq - b.seq);
  let failure: string | null = null;
  let refusing: string | null = null;

  let crash: { after: number; done: boolean; die: () => void } | null = null;
  let dead = false;

  const writing = (perform: () => void): void => {
    if (dead) throw new Error('a process that was killed writes nothing');
    const code = failure ?? refusing;
    failure = null;
    if (code !== null) throw Object.assign(new Error('the test made it fail'), { code });
    if (crash === null || crash.after-- > 0) {
      perform();
      return;
    }
    const { done, die } = crash;
    crash = null;
    if (done) perform();
    dead = true;
    die();
    throw new Error('the process was killed');
  };

  const parse = (line: { text: string }): LedgerEvent => JSON.parse(line.text);
  const everything = (): LedgerEvent[] => [...chains.values()].flatMap((lines) => lines.map(parse));

  const rowWithSeal = (event: LedgerEvent): SealedRow => {
    const { key = null, sig = null } = sealed.get(event.id) ?? {};
    return { ...event, actor: JSON.stringify(event.actor), body: JSON.stringify(event.body), key, sig };
  };

  return {
    file: null,
    appendAll: (events, { chain, seals = [], keys: bound = [] } = {}) =>
      writing(() => {
        for (const event of events) {
          const lines = chains.get(chainKey(event)) ?? [];
          if (event.seq !== lines.length + 1) throw new Error(`the ledger appended ${event.id} after ${lines.length}`);
          const { seq, hash, hlc, subject } = event;
          const text = JSON.stringify(event);
          appended.push(text);
          chains.set(chainKey(event), [...lines, { text, subject, head: { seq, hash, hlc } }]);
        }
        for (const seal of seals) sealed.set(`${seal.chain}-${seal.seq}`, seal);
        for (const [station, key] of bound) if (!keys.has(station)) keys.set(station, key);
        if (chain !== undefined) notes.set('chain', chain);
      }),
    range: (chain, from, limit) => (chains.get(chain) ?? []).slice(from - 1, from - 1 + limit).map(parse),
    wireTexts: (chain, from, limit) =>
      (chains.get(chain) ?? []).slice(from - 1, from - 1 + limit).map((line) => wireText(parse(line))),
    ofSubject: (subject) =>
      [...chains.values()].flatMap((lines) => lines.filter((line) => line.subject === subject).map(parse)),
    *all() {
      yield* everything().sort(compareOrder);
    },
    *asAppended() {
      for (const text of [...appended]) yield JSON.parse(text);
    },
    *bySubject({ from, until } = { from: null, until: null }) {
      const within = everything().filter(
        ({ subject }) => subject >= (from ?? '') && (until === null || subject < until),
      );
      yield* within.sort((a, b) => (a.subject < b.subject ? -1 : Number(a.subject > b.subject)));
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
    sealWithin: (chain, from, to) => sealsOf(chain).findLast(({ seq }) => seq >= from && seq <= to),
    sealFrom: (chain, from) => sealsOf(chain).find(({ seq }) => seq >= from),
    keys: () => new Map(keys),
    checkpoint: () => checkpoints.at(-1) ?? null,
    addCheckpoint: (checkpoint) => writing(() => void checkpoints.push(checkpoint)),
    note: (key) => notes.get(key),
    setNote: (key, value) =>
      writing(() => {
        if (value === null) notes.delete(key);
        else notes.set(key, value);
      }),
    tryWrite: () => writing(() => undefined),
    close() {},
    refuse(code) {
      refusing = code;
    },
    failNext(code) {
      failure = code;
    },
    crash(after, done, die) {
      crash = { after, done, die };
    },
    revive() {
      crash = null;
      dead = false;
    },
    beside: writing,
    inspection: () => ({
      quickCheck: () => [],
      chains: () => [...chains.keys()],
      heads: () => new Map([...chains].flatMap(([chain, lines]) => lines.slice(-1).map(({ head }) => [chain, head]))),
      *sealsOf(chain) {
        yield* sealsOf(chain).reverse();
      },
      keys: () => new Map(keys),
      checkpoint: () => checkpoints.at(-1) ?? null,
      *rowsOf(chain, from = 1) {
        for (const line of (chains.get(chain) ?? []).slice(from - 1)) yield rowWithSeal(parse(line));
      },
      *rowsAsAppended() {
        for (const text of appended) yield rowWithSeal(JSON.parse(text));
      },
      note: (key) => notes.get(key),
      close: () => undefined,
    }),
  };
}

/** What a ledger over a store needs besides: nobody verifies it beside its work, and it signs with the key of the station's name. */
export function partsFor(station: string): Pick<LedgerParts, 'verified' | 'verifier' | 'signer' | 'verifySignature'> {
  return {
    verified: null,
    verifier: () => ({ done: Promise.reject(new Error('nothing verifies a ledger in memory')), stop: () => undefined }),
    signer: testSigner(station),
    verifySignature: createVerifySignature(),
  };
}

/** PKCS #8 of an Ed25519 key, up to its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key of a station's name: the same in every test. */
export function testSigner(station: string): Signer {
  const seed = createHash('sha256').update(`key of ${station}`).digest();
  return signerOf(createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' }));
}

/** A seal under the last of these events in each chain, by the key of its station's name. */
export function sealsUnder(events: readonly LedgerEvent[], signer?: Signer): Seal[] {
  const last = new Map(events.map((event) => [chainKey(event), event]));
  return [...last].map(([chain, { seq, hash, station }]) =>
    sealWith(signer ?? testSigner(stationOf(station)), { chain, seq, hash }),
  );
}

/** Gives these to a ledger as a station sends them: with their seals. */
export function give(ledger: Pick<Ledger, 'ingest'>, events: readonly unknown[], from: string): Promise<IngestResult> {
  const genuine = events.map(readEvent).filter((read): read is LedgerEvent => !isIntakeFault(read));
  return ledger.ingest(events, from, sealsUnder(genuine));
}
