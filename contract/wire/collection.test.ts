import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Collection, type CollectionDelta, createCollection } from './collection.ts';

/** A collection whose flush the test calls. */
function manual<T>(): { collection: Collection<T>; deltas: CollectionDelta<T>[]; asked: () => number } {
  let asked = 0;
  const collection = createCollection<T>({ schedule: () => asked++ });
  const deltas: CollectionDelta<T>[] = [];
  collection.onDelta((delta) => deltas.push(delta));
  return { collection, deltas, asked: () => asked };
}

function told<T>(collection: Collection<T>): Map<string, T> {
  const { pieces } = collection.snapshot();
  return new Map(pieces.flatMap((piece) => JSON.parse(`[${piece}]`) as [string, T][]));
}

describe('collection', () => {
  it('T2 the changes of one turn are one delta, asked for once', () => {
    const { collection, deltas, asked } = manual<number>();
    collection.set('a', 1);
    collection.set('a', 2);
    collection.set('b', 3);
    collection.delete('b');
    expect(asked()).toBe(1);
    collection.flush();
    expect(deltas).toEqual([{ version: 1, set: [['a', 2]], del: [], body: '"v":1,"set":[["a",2]],"del":[]' }]);
  });

  it('T2 what ends as it began is no change', () => {
    const { collection, deltas } = manual<{ n: number }>();
    collection.set('a', { n: 1 });
    collection.flush();
    collection.set('a', { n: 2 });
    collection.set('a', { n: 1 });
    collection.delete('never there');
    collection.flush();
    expect(deltas).toHaveLength(1);
    expect(collection.version).toBe(1);
  });

  it('setAll tells the difference only', () => {
    const { collection, deltas } = manual<number>();
    collection.setAll([
      ['a', 1],
      ['b', 2],
    ]);
    collection.flush();
    collection.setAll([
      ['b', 2],
      ['c', 3],
    ]);
    collection.flush();
    expect(deltas[1]).toMatchObject({ version: 2, set: [['c', 3]], del: ['a'] });
  });

  it('T1 a snapshot is what was told, not what waits', () => {
    const { collection } = manual<number>();
    collection.set('a', 1);
    collection.flush();
    collection.set('b', 2);
    expect(told(collection)).toEqual(new Map([['a', 1]]));
    expect(collection.snapshot().version).toBe(1);
    expect([...collection.items.keys()]).toEqual(['a', 'b']);
  });

  it('T1 deltas applied to a snapshot give the next snapshot (fuzz)', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', '__proto__'),
      value: fc.option(fc.nat(3)),
      flush: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, joinAt) => {
        const { collection } = manual<number>();
        let mirror: Map<string, number> | null = null;
        let version = 0;
        collection.onDelta((delta) => {
          if (!mirror) return;
          expect(delta.version).toBe(++version);
          for (const key of delta.del) mirror.delete(key);
          for (const [key, item] of delta.set) mirror.set(key, item);
        });
        const join = () => {
          version = collection.snapshot().version;
          mirror = told(collection);
        };
        steps.forEach(({ key, value, flush }, i) => {
          if (i === joinAt) join();
          if (value === null) collection.delete(key);
          else collection.set(key, value);
          if (flush) collection.flush();
        });
        if (!mirror) join();
        collection.flush();
        expect(mirror).toEqual(new Map(collection.items));
      }),
      { seed: 13, numRuns: 400 },
    );
  });

  it('L1 a change too large for a frame becomes several deltas; an item too large is left out and reported', () => {
    const { collection, deltas } = manual<string>();
    const faults: string[] = [];
    collection.onFault((error) => faults.push(error.message));
    for (let i = 0; i < 5; i++) collection.set(`k${i}`, 'x'.repeat(400_000));
    collection.set('huge', 'x'.repeat(2_000_000));
    collection.set('after', 'y');
    collection.flush();
    expect(deltas.map(({ version }) => version)).toEqual([1, 2, 3]);
    for (const { body } of deltas) expect(body.length).toBeLessThan(1_100_000);
    expect(deltas.flatMap(({ set }) => set.map(([key]) => key))).toEqual(['k0', 'k1', 'k2', 'k3', 'k4', 'after']);
    expect(faults).toEqual([expect.stringContaining('collection/huge')]);
    expect(collection.snapshot().pieces.length).toBeGreaterThan(1);
  });

  it('T8 an item that has grown too large is withdrawn and named until it fits again: no window goes on with what it was', () => {
    const { collection, deltas } = manual<string>();
    const named: string[][] = [];
    collection.onLeftOut(() => named.push([...collection.leftOut.keys()]));
    const set = (key: string, item: string) => {
      collection.set(key, item);
      collection.flush();
    };
    set('a', 'small');
    set('a', 'x'.repeat(1_200_000));
    expect(deltas.at(-1)).toMatchObject({ set: [], del: ['a'] });
    expect(told(collection)).toEqual(new Map());
    set('a', 'x'.repeat(1_300_000));
    set('b', 'x'.repeat(1_300_000));
    expect(named).toEqual([['a'], ['a', 'b']]);
    collection.delete('b');
    collection.flush();
    set('a', 'small');
    expect(named).toEqual([['a'], ['a', 'b'], ['a'], []]);
    expect(told(collection)).toEqual(new Map([['a', 'small']]));
    expect(collection.snapshot().version).toBe(deltas.at(-1)?.version);
  });

  it('T5 checks items as they are set when told to', () => {
    const collection = createCollection({ name: 'walls', validate: z.object({ n: z.number() }) });
    expect(() => collection.setAll([['w', { n: '1' as unknown as number }]])).toThrow(/walls\/w: n/);
    expect(collection.items.size).toBe(0);
  });

  it('flushes by itself at the end of the turn', async () => {
    const collection = createCollection<number>();
    const versions: number[] = [];
    collection.onDelta(({ version }) => versions.push(version));
    collection.set('a', 1);
    await Promise.resolve();
    expect(versions).toEqual([1]);
  });
});
