import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffMembers, PatchMismatch, patched } from './jsonPatch.ts';

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

/** Lists of entries with ids, some twice, and of others, in all kinds of objects. */
const entry = fc.record(
  { id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'), n: fc.jsonValue({ maxDepth: 1 }) },
  { requiredKeys: ['id'] },
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue({ maxDepth: 2 }),
    fc.array(entry, { maxLength: 5 }),
    fc.uniqueArray(entry, { maxLength: 5, selector: ({ id }) => id }),
    fc.dictionary(fc.constantFrom('x', 'y', '__proto__', 'toString', ''), tie('any'), { maxKeys: 4 }),
    fc.array(fc.nat(3), { maxLength: 4 }),
  ),
})).any;
const members = fc.dictionary(fc.constantFrom('p', 'q', 'r', '__proto__', 'hasOwnProperty'), value, { maxKeys: 5 });

describe('patches', () => {
  test('of any two objects: done to the one it gives the other, over the wire (fuzz)', () => {
    fc.assert(
      fc.property(members, members, (a, b) => {
        const patch = diffMembers(a, b);
        if (patch === null) expect(json(b)).toEqual(json(a));
        else expect(patched(json(a), json(patch))).toEqual(json(b));
      }),
      { seed: 31, numRuns: 1000 },
    );
  });

  test('of an object and a version of it with one thing changed (fuzz)', () => {
    const change = fc.record({ at: fc.nat(4), to: value, how: fc.nat(3) });
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 6 }),
        change,
        (list, { at, to, how }) => {
          const next: unknown[] = [...list];
          if (how === 0) next.splice(at, 1);
          else if (how === 1) next.push(to);
          else if (how === 2) next.splice(at, 0, to);
          else if (list[at]) next[at] = { ...list[at], n: to };
          const [a, b] = [{ list }, { list: next }];
          const patch = diffMembers(a, b);
          if (patch === null) expect(json(b)).toEqual(json(a));
          else expect(patched(json(a), json(patch))).toEqual(json(b));
        },
      ),
      { seed: 37, numRuns: 700 },
    );
  });

  test('a member that is undefined is none, as in JSON', () => {
    expect(diffMembers({ a: 1, b: undefined }, { a: 1 })).toBeNull();
    expect(diffMembers({ a: 1 }, { a: 1, b: undefined, c: { d: undefined } })).toEqual({
      c: ['put', { d: undefined }],
    });
    expect(diffMembers({ a: 1 }, { a: undefined })).toEqual({ a: ['remove'] });
  });

  test('say what changed and nothing else: a step of a run, a note more, an entry that goes', () => {
    const steps = Array.from({ length: 300 }, (_, i) => ({ id: `s${i}`, state: 'waiting', title: 'x'.repeat(300) }));
    const run = { id: 'r', done: 0, steps, notes: [{ text: 'one' }] };
    const next = {
      ...run,
      done: 1,
      steps: steps.map((step, i) => (i === 7 ? { ...step, state: 'done' } : step)),
      notes: [...run.notes, { text: 'two' }],
    };
    expect(diffMembers(run, next)).toEqual({
      done: ['put', 1],
      steps: ['entries', { s7: ['patch', { state: ['put', 'done'] }] }, [], []],
      notes: ['append', 1, [{ text: 'two' }]],
    });
    expect(diffMembers(run, { ...run, steps: steps.slice(1) })).toEqual({ steps: ['entries', {}, ['s0'], []] });
    expect(diffMembers(run, { ...run, steps: steps.map((step) => ({ ...step })) })).toBeNull();
  });

  test('what a patch does not speak of stays the same object', () => {
    const before = { a: { deep: [1] }, list: [{ id: 'x', in: { n: 1 } }, { id: 'y' }] };
    const patch = diffMembers(before, {
      a: { deep: [1] },
      list: [
        { id: 'x', in: { n: 1 } },
        { id: 'y', z: 2 },
      ],
    });
    const after = patched(before, json(patch)) as typeof before;
    expect(after.a).toBe(before.a);
    expect(after.list[0]).toBe(before.list[0]);
    expect(after.list[1]).toEqual({ id: 'y', z: 2 });
    expect(before.list[1]).toEqual({ id: 'y' });
  });

  test('one that is none, or of another object, is refused by name and reaches nothing (fuzz)', () => {
    const bad = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('p', 'list', '__proto__'), fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))),
      fc.dictionary(
        fc.constantFrom('p', 'list'),
        fc.tuple(fc.constantFrom('put', 'remove', 'patch', 'append', 'entries'), fc.jsonValue(), fc.jsonValue()),
      ),
    );
    fc.assert(
      fc.property(members, bad, (object, patch) => {
        try {
          patched(json(object), json(patch));
        } catch (error) {
          expect(error).toBeInstanceOf(PatchMismatch);
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { seed: 41, numRuns: 700 },
    );
  });
});
