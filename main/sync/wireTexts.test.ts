import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, seal } from '../../core/ledger/chain.ts';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { formatHlc } from '../../core/ledger/hlc.ts';
import { wireText } from '../../core/ledger/texts.ts';
import { OPS_1, sha256 } from '../../tests/fakes/fold.ts';
import { createWireTexts } from './wireTexts.ts';

function ledgerOf(count: number, size = 1) {
  const read: number[] = [];
  const events: LedgerEvent[] = [];
  for (let i = 0; i < count; i++) {
    const draft = { type: 't', subject: 's:1', actor: 'duty', body: { text: 'x'.repeat(size) } };
    const head = events.at(-1) ?? EMPTY_CHAIN;
    events.push(seal(draft, { ...OPS_1, station: 'A', head, hlc: formatHlc(i, 0), at: i }, sha256));
  }
  return {
    events,
    read,
    sealWithin: () => undefined,
    sealFrom: () => undefined,
    have: () => ({ 'ops/A': count }),
    wireTexts(chain: string, from: number, limit: number) {
      const found = chain === 'ops/A' ? events.slice(from - 1, from - 1 + limit) : [];
      read.push(...found.map((event) => event.seq));
      return found.map(wireText);
    },
  };
}

const seqsOf = (texts: readonly string[]): number[] => texts.map((text) => JSON.parse(text).seq);

describe('what links are sent of the ledger', () => {
  it('is read and put into words once, however many links there are', () => {
    const ledger = ledgerOf(100);
    const source = createWireTexts(ledger);
    const first = source.texts('ops/A', 1, 100);
    expect(first.map((text) => JSON.parse(text))).toEqual(ledger.events);
    for (let link = 0; link < 10; link++) expect(source.texts('ops/A', 1, 100)).toEqual(first);
    expect(ledger.read).toHaveLength(100);
  });

  it('is sent as it was hashed when it has just become durable, and read from nowhere', () => {
    const ledger = ledgerOf(10);
    const source = createWireTexts(ledger);
    source.committed(ledger.events.slice(5));
    expect(source.texts('ops/A', 6, 5).map((text) => JSON.parse(text))).toEqual(ledger.events.slice(5));
    expect(ledger.read).toEqual([]);
    expect(seqsOf(source.texts('ops/A', 1, 10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('begins in what is kept and goes on in the ledger without a gap', () => {
    const ledger = ledgerOf(20);
    const source = createWireTexts(ledger);
    source.texts('ops/A', 5, 4);
    expect(seqsOf(source.texts('ops/A', 6, 10))).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(seqsOf(source.texts('ops/A', 1, 3))).toEqual([1, 2, 3]);
    expect(seqsOf(source.texts('ops/A', 19, 10))).toEqual([19, 20]);
    expect(source.texts('ops/B', 1, 10)).toEqual([]);
    expect(new Set(ledger.read).size).toBe(ledger.read.length);
  });

  it('keeps no more than a few thousand decisions, the last read', () => {
    const ledger = ledgerOf(200, 100_000);
    const source = createWireTexts(ledger);
    for (let seq = 1; seq <= 200; seq += 10) source.texts('ops/A', seq, 10);
    ledger.read.length = 0;
    source.texts('ops/A', 191, 10);
    expect(ledger.read).toEqual([]);
    source.texts('ops/A', 1, 10);
    expect(ledger.read).toHaveLength(10);
  });
});
