import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../core/ledger/envelope.ts';
import { createWireTexts } from './wireTexts.ts';

function ledgerOf(count: number, size = 1) {
  const read: number[] = [];
  const events = Array.from(
    { length: count },
    (_, i) =>
      ({ id: `A-${i + 1}`, station: 'A', seq: i + 1, body: { text: 'x'.repeat(size) } }) as unknown as LedgerEvent,
  );
  return {
    events,
    read,
    sealWithin: () => undefined,
    sealFrom: () => undefined,
    have: () => ({ 'ops/A': count }),
    range(chain: string, from: number, limit: number) {
      const found = chain === 'A' ? events.slice(from - 1, from - 1 + limit) : [];
      read.push(...found.map((event) => event.seq));
      return found;
    },
  };
}

describe('what links are sent of the ledger', () => {
  it('is read and put into words once, however many links there are', () => {
    const ledger = ledgerOf(100);
    const source = createWireTexts(ledger);
    const first = source.texts('A', 1, 100);
    expect(first.map(({ text }) => JSON.parse(text))).toEqual(ledger.events);
    for (let link = 0; link < 10; link++) expect(source.texts('A', 1, 100)).toEqual(first);
    expect(ledger.read).toHaveLength(100);
  });

  it('begins in what is kept and goes on in the ledger without a gap', () => {
    const ledger = ledgerOf(20);
    const source = createWireTexts(ledger);
    source.texts('A', 5, 4);
    expect(source.texts('A', 6, 10).map(({ seq }) => seq)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(source.texts('A', 1, 3).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(source.texts('A', 19, 10).map(({ seq }) => seq)).toEqual([19, 20]);
    expect(source.texts('B', 1, 10)).toEqual([]);
    expect(new Set(ledger.read).size).toBe(ledger.read.length);
  });

  it('keeps no more than a few thousand decisions, the last used', () => {
    const ledger = ledgerOf(200, 100_000);
    const source = createWireTexts(ledger);
    for (let seq = 1; seq <= 200; seq += 10) source.texts('A', seq, 10);
    ledger.read.length = 0;
    source.texts('A', 191, 10);
    expect(ledger.read).toEqual([]);
    source.texts('A', 1, 10);
    expect(ledger.read).toHaveLength(10);
  });
});
