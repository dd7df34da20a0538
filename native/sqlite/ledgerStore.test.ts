import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import type { Seal } from '../../core/ledger/seal.ts';
import { rangesBetween, type SubjectRange } from '../../core/ledger/subjects.ts';
import { wireText } from '../../core/ledger/texts.ts';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { createMemoryLedgerStore } from '../../tests/fakes/ledgerStore.ts';
import { createScratch } from '../../tests/support/scratch.ts';
import { openDatabase, troubleOf } from './database.ts';
import { openLedgerReader } from './ledgerReader.ts';
import { openLedgerStore } from './ledgerStore.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

function chain(station: string, length: number, start = 1000): LedgerEvent[] {
  const events: LedgerEvent[] = [];
  for (let i = 0; i < length; i++) {
    const head = events.at(-1) ?? EMPTY_CHAIN;
    const draft = { type: 't', subject: `s:${i % 2}`, actor: '值班员', body: { 备注: `"${i}"`, deep: [{ x: null }] } };
    events.push(
      seal(draft, { ...OPS_1, station, head, hlc: formatHlc(start + 10 * i, 0), at: start + 10 * i }, sha256),
    );
  }
  return events;
}

const STORES = {
  memory: () => createMemoryLedgerStore(),
  sqlite: () => openLedgerStore(join(scratch.folder('ledger'), 'ledger.db')),
};

describe.each(Object.entries(STORES))('ledger store: %s', (_, open) => {
  it('reads its subjects range by range, each event once', () => {
    const store = open();
    const events = chain('a', 40, 1000).map((event, i) => ({ ...event, subject: `s:${(7 * i) % 10}` }));
    store.appendAll(events);
    const idsOf = (range?: SubjectRange) => [...store.bySubject(range)].map(({ id }) => id);
    expect(idsOf({ from: 's:3', until: 's:4' }).sort()).toEqual(
      events.flatMap(({ id, subject }) => (subject === 's:3' ? id : [])).sort(),
    );
    const ranges = rangesBetween(['s:3', 's:7']);
    expect(ranges.map((range) => idsOf(range).length)).toEqual([12, 16, 12]);
    expect(ranges.flatMap(idsOf)).toEqual(idsOf());
    expect(idsOf()).toHaveLength(40);
  });

  it('L11: gives back what was appended: by chain, by subject, in merge order', () => {
    const store = open();
    const a = chain('a', 5, 1000);
    const b = chain('b', 3, 1005);
    store.appendAll(a.slice(0, 2));
    store.appendAll([...b, ...a.slice(2)]);
    expect(store.range('ops/a', 2, 3)).toEqual(a.slice(1, 4));
    expect(store.range('ops/c', 1, 3)).toEqual([]);
    expect(store.wireTexts('ops/a', 2, 3)).toEqual(a.slice(1, 4).map(wireText));
    expect(store.wireTexts('ops/a', 6, 3)).toEqual([]);
    expect(
      store
        .ofSubject('s:1')
        .map((e) => e.id)
        .sort(),
    ).toEqual(['ops/a-2', 'ops/a-4', 'ops/b-2']);
    expect([...store.all()].map((e) => e.id)).toEqual([
      'ops/a-1',
      'ops/b-1',
      'ops/a-2',
      'ops/b-2',
      'ops/a-3',
      'ops/b-3',
      'ops/a-4',
      'ops/a-5',
    ]);
    expect(Object.fromEntries(store.heads())).toEqual({
      'ops/a': { seq: 5, hash: a[4]?.hash, hlc: a[4]?.hlc },
      'ops/b': { seq: 3, hash: b[2]?.hash, hlc: b[2]?.hlc },
    });
    store.close();
  });

  it('L19: keeps seals with the events that they end, and under events that were there before', () => {
    const store = open();
    const events = chain('a', 6);
    const seal = (seq: number): Seal => ({ chain: 'ops/a', seq, alg: 'ed25519', key: 'k', sig: `s${seq}` });
    store.appendAll(events.slice(0, 4), { seals: [seal(2), seal(4)], keys: [['a', 'k']] });
    store.appendAll(events.slice(4), { keys: [['a', 'other']] });
    expect(store.sealFrom('ops/a', 1)).toEqual(seal(2));
    expect(store.sealFrom('ops/a', 3)).toEqual(seal(4));
    expect(store.sealFrom('ops/a', 5)).toBeUndefined();
    expect(store.sealWithin('ops/a', 1, 5)).toEqual(seal(4));
    expect(store.sealWithin('ops/a', 3, 3)).toBeUndefined();
    store.appendAll([], { seals: [seal(6)] });
    expect(store.sealFrom('ops/a', 5)).toEqual(seal(6));
    expect(store.range('ops/a', 1, 9)).toEqual(events);
    expect([...store.keys()]).toEqual([['a', 'k']]);
    store.close();
  });

  it('keeps notes, and the chain name with the events it was changed by', () => {
    const store = open();
    expect(store.note('chain')).toBeUndefined();
    store.appendAll(chain('a~2', 1), { chain: 'a~2' });
    expect(store.note('chain')).toBe('a~2');
    store.setNote('recovery', '{}');
    store.setNote('recovery', null);
    expect(store.note('recovery')).toBeUndefined();
    store.close();
  });
});

describe('ledger store on disk', () => {
  it('L12: appends all or none', () => {
    const store = openLedgerStore(join(scratch.folder('ledger'), 'ledger.db'));
    const [one, two] = chain('a', 2) as [LedgerEvent, LedgerEvent];
    expect(() => store.appendAll([one, two, one], { keys: [['a', 'k']] })).toThrow(/UNIQUE/);
    expect(store.heads().size).toBe(0);
    expect(store.keys().size).toBe(0);
    store.appendAll([one, two], { keys: [['a', 'k']] });
    expect(store.keys().get('a')).toBe('k');
    expect(store.heads().get('ops/a')).toMatchObject({ seq: 2 });
    store.close();
  });

  it('L12: one event that brings more than its row is written with that or not at all', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const store = openLedgerStore(file);
    const [one, two, three] = chain('a', 3) as [LedgerEvent, LedgerEvent, LedgerEvent];
    const before: Seal = { chain: 'ops/a', seq: 1, alg: 'ed25519', key: 'k', sig: 's1' };
    store.appendAll([one]);
    const db = openDatabase(file);
    db.exec("CREATE TRIGGER no BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'no seal'); END");
    db.exec("CREATE TRIGGER none BEFORE INSERT ON keys BEGIN SELECT raise(ABORT, 'no key'); END");
    expect(() => store.appendAll([two], { seals: [before] })).toThrow('no seal');
    expect(() => store.appendAll([two], { keys: [['a', 'k']] })).toThrow('no key');
    expect(() => store.appendAll([{ ...two, station: 'b' }], { chain: 'b', keys: [['a', 'k']] })).toThrow('no key');
    expect([...store.all()]).toEqual([one]);
    expect([...store.heads().keys()]).toEqual(['ops/a']);
    db.exec('DROP TRIGGER no; DROP TRIGGER none');
    db.close();
    store.appendAll([two], { seals: [before], keys: [['a', 'k']] });
    store.appendAll([three], { seals: [{ ...before, seq: 3, sig: 's3' }], keys: [['a', 'k']] });
    expect([1, 2].map((seq) => store.sealFrom('ops/a', seq)?.sig)).toEqual(['s1', 's3']);
    expect(store.keys().get('a')).toBe('k');
    store.close();
  });

  it('L14: how far chains went is noted when they begin, with a checkpoint and at the end; in between their rows say', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const store = openLedgerStore(file);
    const db = openDatabase(file, { readonly: true });
    const noted = (): unknown => db.prepare("SELECT station || ' ' || seq FROM chains ORDER BY station").pluck().all();
    const [a, b] = [chain('a', 6), chain('b', 2)];
    store.appendAll(a.slice(0, 2));
    store.appendAll([...a.slice(2, 4), ...b]);
    expect(noted()).toEqual(['a 2', 'b 2']);
    expect([...store.heads()].map(([key, { seq }]) => [key, seq])).toEqual([
      ['ops/a', 4],
      ['ops/b', 2],
    ]);
    store.addCheckpoint({ at: 1, events: 6, heads: {}, sig: 's' });
    expect(noted()).toEqual(['a 4', 'b 2']);
    store.appendAll(a.slice(4));
    expect(noted()).toEqual(['a 4', 'b 2']);
    store.close();
    expect(noted()).toEqual(['a 6', 'b 2']);
    db.close();
  });

  it('L16: gives other stations nothing beyond an event that is missing', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const store = openLedgerStore(file);
    const events = chain('a', 5);
    store.appendAll(events);
    const db = openDatabase(file);
    db.exec('DELETE FROM events WHERE seq = 3');
    db.close();
    expect(store.wireTexts('ops/a', 1, 9)).toEqual(events.slice(0, 2).map(wireText));
    expect(store.wireTexts('ops/a', 3, 9)).toEqual([]);
    store.close();
  });

  it('L11: is durable at each commit, and read while it is written', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const store = openLedgerStore(file);
    const db = openDatabase(file, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    store.appendAll(chain('a', 3));
    const reading = store.all();
    expect(reading.next().value).toMatchObject({ id: 'ops/a-1' });
    store.appendAll(chain('b', 3));
    expect([...reading].map((e) => e.id)).toEqual(['ops/a-2', 'ops/a-3']);
    db.close();
    store.close();
  });

  it('L12: says when another program holds the file', () => {
    const file = join(scratch.folder('ledger'), 'ledger.db');
    const store = openLedgerStore(file, 0);
    const other = openDatabase(file);
    other.exec('BEGIN IMMEDIATE');
    let trouble = '';
    try {
      store.appendAll(chain('a', 1));
    } catch (error) {
      trouble = troubleOf(error);
    }
    expect(trouble).toBe('busy');
    other.exec('ROLLBACK');
    other.close();
    store.appendAll(chain('a', 1));
    store.close();
  });
});

it('tells subjects between which about as many events lie', () => {
  const file = join(scratch.folder('ledger'), 'ledger.db');
  const store = openLedgerStore(file);
  store.appendAll(
    chain('a', 1000, 1000).map((event, i) => ({ ...event, subject: `s:${String(i % 100).padStart(3, '0')}` })),
  );
  const reader = openLedgerReader(file);
  const counts = rangesBetween(reader.subjectsBetween(6)).map((range) => [...reader.bySubject(range)].length);
  expect(counts).toHaveLength(7);
  expect(Math.min(...counts)).toBeGreaterThan(50);
  reader.close();
  store.close();
});
