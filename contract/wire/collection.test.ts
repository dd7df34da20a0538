import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Collection, createCollection } from './collection.ts';
import { patched } from './jsonPatch.ts';

/** A delta as a window reads it. */
interface Delta<T> {
  v: number;
  set: [string, T][];
  patch: [string, unknown][];
  del: string[];
}
const read = <T>(body: string) => JSON.parse(`{${body}}`) as Delta<T>;

/** A collection whose flush the test calls. */
function manual<T>(): { collection: Collection<T>; deltas: Delta<T>[]; asked: () => number } {
  let asked = 0;
  const collection = createCollection<T>({ schedule: () => asked++ });
  const deltas: Delta<T>[] = [];
  collection.onDelta(({ version, body }) => {
    deltas.push(read(body));
    expect(deltas.at(-1)?.v).toBe(version);
  });
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
    expect(deltas).toEqual([{ v: 1, set: [['a', 2]], patch: [], del: [] }]);
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
    expect(deltas[1]).toEqual({ v: 2, set: [['c', 3]], patch: [], del: ['a'] });
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
      value: fc.option(
        fc.oneof(fc.nat(3), fc.dictionary(fc.constantFrom('x', 'y', 'list'), fc.jsonValue({ maxDepth: 2 }))),
      ),
      flush: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, joinAt) => {
        const { collection } = manual<unknown>();
        let mirror: Map<string, unknown> | null = null;
        let version = 0;
        const apply = (body: string) => {
          if (!mirror) return;
          const delta = read<unknown>(body);
          expect(delta.v).toBe(++version);
          for (const key of delta.del) mirror.delete(key);
          for (const [key, item] of delta.set) mirror.set(key, item);
          for (const [key, patch] of delta.patch) mirror.set(key, patched(mirror.get(key), patch));
        };
        collection.onDelta(({ body }) => apply(body));
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
        expect(told(collection)).toEqual(mirror);
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
    expect(deltas.map(({ v }) => v)).toEqual([1, 2, 3]);
    for (const delta of deltas) expect(JSON.stringify(delta).length).toBeLessThan(1_100_000);
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
    expect(collection.snapshot().version).toBe(deltas.at(-1)?.v);
  });

  it('T9 what changes in an item is told, and not the item', () => {
    const { collection, deltas } = manual<{ steps: { id: string; state: string; title: string }[] }>();
    const steps = Array.from({ length: 300 }, (_, i) => ({ id: `s${i}`, state: 'waiting', title: 'x'.repeat(300) }));
    collection.set('run', { steps });
    collection.flush();
    collection.set('run', { steps: steps.map((step, i) => (i === 200 ? { ...step, state: 'done' } : step)) });
    collection.flush();
    expect(deltas[1]).toMatchObject({ set: [], patch: [['run', expect.anything()]] });
    expect(JSON.stringify(deltas[1]).length).toBeLessThan(200);
    expect(told(collection).get('run')?.steps[200]).toMatchObject({ state: 'done' });
    collection.set('run', { steps: structuredClone(told(collection).get('run')?.steps ?? []) });
    collection.flush();
    expect(deltas).toHaveLength(2);
  });

  it('T9 an item that grows by patches alone is withdrawn when it is too large', () => {
    const { collection, deltas } = manual<{ notes: string[] }>();
    let notes: string[] = [];
    for (let i = 0; i < 12; i++) {
      notes = [...notes, 'x'.repeat(100_000)];
      collection.set('a', { notes });
      collection.flush();
    }
    expect(deltas.map(({ set, patch, del }) => [set.length, patch.length, del.length])).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      ...Array.from({ length: 7 }, () => [0, 1, 0]),
      [0, 0, 1],
    ]);
    expect(collection.leftOut.get('a')).toBeGreaterThan(1_000_000);
    expect(told(collection).size).toBe(0);
  });

  it('T10 while nobody listens nothing is written; who listens then is told all, and what changed to whoever was away', () => {
    let written = 0;
    const item = (n: number) => ({ n, toJSON: () => ({ n: written++ && n }) });
    const collection = createCollection<{ n: number }>({ schedule: (flush) => flush() });
    for (let i = 0; i < 50; i++) collection.set('a', item(i));
    collection.set('gone', item(1));
    collection.delete('gone');
    expect([written, collection.version]).toEqual([0, 0]);
    const bodies: string[] = [];
    const stop = collection.onDelta(({ body }) => bodies.push(body));
    expect([bodies, collection.version]).toEqual([[], 1]);
    collection.set('b', item(2));
    expect(bodies).toHaveLength(1);
    stop();
    const before = written;
    collection.set('b', item(3));
    expect(written).toBe(before);
    collection.onDelta(() => undefined);
    expect(collection.since(2)).toHaveLength(1);
    expect(collection.since(collection.version)).toEqual([]);
  });

  it('T10 a version whose deltas are gone, are longer than a snapshot, or that never was, is not known', () => {
    const { collection } = manual<string>();
    for (let i = 0; i < 20; i++) {
      collection.set('a', `${i}${'x'.repeat(100_000)}`);
      collection.flush();
    }
    expect(collection.since(0)).toBeNull();
    expect(collection.since(21)).toBeNull();
    expect(collection.since(15)).toBeNull();
    collection.set('b', 'x'.repeat(900_000));
    collection.flush();
    collection.set('a', 'short');
    collection.flush();
    expect(collection.since(20)).toBeNull();
    expect(collection.since(21)?.map((body) => read(body).v)).toEqual([22]);
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
