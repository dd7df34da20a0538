import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createScratch } from '../../tests/support/scratch.ts';
import { openDatabase } from './database.ts';
import { openQuarantineFile, type QuarantineLimits } from './quarantineFile.ts';
import type { SideFileFault } from './sideFile.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

type Message = Parameters<ReturnType<typeof openQuarantineFile>['write']>[0][number];
const message = (source: string, at: number, bytes: number, door: Message['door'] = 'feed'): Message => ({
  ...{ door, source, at, bytes: new Uint8Array(bytes), length: bytes, topic: null, retained: false },
  refusals: [{ path: 'obs.0', message: { zh: '不对', en: 'no' }, remedy: { zh: '改', en: 'r' }, excerpt: 'e' }],
});

function open(limits: QuarantineLimits, file = join(scratch.folder(), 'quarantine.db')) {
  const faults: SideFileFault['kind'][] = [];
  const quarantine = openQuarantineFile({ file, limits, onFault: ({ kind }) => faults.push(kind) });
  scratch.keep(quarantine, (it) => it.close());
  const rows = <T>(sql: string) => {
    const db = openDatabase(file, { readonly: true });
    const found = db.prepare(sql).all() as T[];
    db.close();
    return found;
  };
  const held = () =>
    rows<{ source: string; at: number; size: number }>('SELECT source, at, size FROM messages ORDER BY id');
  return { ...{ quarantine, file, faults, rows, held } };
}

describe('the quarantine’s file', () => {
  test('whatever comes in whatever batches, it stays within its bounds, and a source within an equal share loses nothing', () => {
    const one = fc.record({ source: fc.constantFrom('a', 'b', 'c', 'd'), size: fc.nat(4000), flood: fc.nat(9) });
    const batches = fc.array(fc.array(one, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 });
    const limits = { messages: 24, bytes: 40_000 };
    fc.assert(
      fc.property(batches, (all) => {
        const { quarantine, held, rows } = open(limits);
        let n = 0;
        const said = all.map((batch) =>
          batch.flatMap(({ source, size, flood }) =>
            Array.from({ length: source === 'a' ? 1 + flood : 1 }, () => message(source, n++, size)),
          ),
        );
        for (const batch of said) expect(quarantine.write(batch)).toBe(true);
        const kept = held();
        expect(kept.length).toBeLessThanOrEqual(limits.messages);
        expect(kept.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(limits.bytes);
        expect(rows('SELECT 1 FROM refusals')).toHaveLength(kept.length);
        for (const source of ['a', 'b', 'c', 'd']) {
          const of = said.flat().filter((each) => each.source === source);
          const left = kept.filter((each) => each.source === source).map(({ at }) => at);
          // What is left is the newest of it, and all of it where it is no more than an equal share.
          expect(left).toEqual(of.map(({ at }) => at).slice(of.length - left.length));
          const bytes = of.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0) + 300, 0);
          if (of.length <= limits.messages / 4 && bytes <= limits.bytes / 4) expect(left).toHaveLength(of.length);
        }
        quarantine.close();
      }),
      { seed: 20261128, numRuns: 30 },
    );
  });

  test('its bounds count what was there before, and names that strangers make up share one share', () => {
    const limits = { messages: 10, bytes: 1_000_000 };
    const first = open(limits);
    first.quarantine.write(Array.from({ length: 8 }, (_, i) => message('a', i, 10)));
    first.quarantine.close();
    const { quarantine, held } = open(limits, first.file);
    quarantine.write(Array.from({ length: 6 }, (_, i) => message(`made-up-${i}`, 100 + i, 10, 'window')));
    expect(held().map(({ at }) => at)).toEqual([3, 4, 5, 6, 7, 101, 102, 103, 104, 105]);
    quarantine.forget('window');
    expect(held().map(({ at }) => at)).toEqual([3, 4, 5, 6, 7]);
    quarantine.write(Array.from({ length: 5 }, (_, i) => message('b', 200 + i, 10)));
    expect(held()).toHaveLength(10);
  });

  test('one that cannot be written says so once and goes on when it can; one that is torn is set aside', () => {
    const { quarantine, faults, held, file } = open({ messages: 5, bytes: 1_000_000 });
    mkdirSync(file);
    expect([quarantine.write([message('a', 1, 1)]), quarantine.write([message('a', 2, 1)])]).toEqual([false, false]);
    expect(faults).toEqual(['unwritable']);
    rmSync(file, { recursive: true });
    expect(quarantine.write([message('a', 3, 1)])).toBe(true);
    expect(held().map(({ at }) => at)).toEqual([3]);
    quarantine.close();
    writeFileSync(file, 'no database at all, '.repeat(500));
    expect(quarantine.write([message('a', 4, 1)])).toBe(true);
    expect([held().map(({ at }) => at), faults, existsSync(`${file}.torn-1`)]).toEqual([
      ...[[4], ['unwritable', 'torn'], true],
    ]);
  });
});
