import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHlc } from './hlc.ts';
import { compareOrder, missing, type OrderKey } from './order.ts';

const key: fc.Arbitrary<OrderKey> = fc.record({
  hlc: fc.integer({ min: 0, max: 3 }).map((wall) => formatHlc(wall, 0)),
  station: fc.constantFrom('a', 'b', 'a~2'),
  stream: fc.constantFrom('ops', 'audit'),
  seq: fc.integer({ min: 1, max: 4 }),
});

describe('merge order', () => {
  it('L7: is total: events arrive in any order and sort into one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { selector: (k) => `${k.hlc} ${k.station} ${k.stream} ${k.seq}` }),
        fc.infiniteStream(fc.nat()),
        (keys, noise) => {
          const shuffled = keys
            .map((k) => ({ k, by: noise.next().value ?? 0 }))
            .sort((a, b) => a.by - b.by)
            .map(({ k }) => k);
          expect([...shuffled].sort(compareOrder)).toEqual([...keys].sort(compareOrder));
        },
      ),
    );
  });

  it('L7: time first, then station, then stream, then number', () => {
    const at = (wall: number, station: string, seq: number, stream = 'ops'): OrderKey => ({
      ...{ hlc: formatHlc(wall, 0), station, stream, seq },
    });
    expect(compareOrder(at(1, 'b', 9), at(2, 'a', 1))).toBeLessThan(0);
    expect(compareOrder(at(1, 'a', 9), at(1, 'b', 1))).toBeLessThan(0);
    expect(compareOrder(at(1, 'a', 1), at(1, 'a', 2))).toBeLessThan(0);
    expect(compareOrder(at(1, 'a', 9, 'cases'), at(1, 'a', 1, 'ops'))).toBeLessThan(0);
    expect(compareOrder(at(1, 'a', 1), at(1, 'a', 1))).toBe(0);
  });

  it('L16: what a peer lacks, chain by chain', () => {
    expect(missing({ a: 5, b: 2, c: 1 }, { a: 3, b: 2, d: 7 })).toEqual([
      { chain: 'a', from: 4, to: 5 },
      { chain: 'c', from: 1, to: 1 },
    ]);
    expect(missing({ constructor: 2 }, {})).toEqual([{ chain: 'constructor', from: 1, to: 2 }]);
  });
});
