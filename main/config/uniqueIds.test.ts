import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type IdFile, uniqueIds } from './uniqueIds.ts';

const file = (name: string, own: boolean, ...ids: string[]): IdFile<string> => ({
  ...{ file: name, own },
  entries: ids.map((id) => ({ id, value: `${id} of ${name}` })),
});

test('what the hall’s own files have replaces the product’s of the same id, whatever the order', () => {
  const files = [file('ours.yaml', true, 'water', 'wind'), file('flood.yaml', false, 'water', 'gas')];
  expect(uniqueIds(files)).toEqual({
    values: ['water of ours.yaml', 'gas of flood.yaml', 'wind of ours.yaml'],
    leftOut: [],
    replaced: [{ file: 'flood.yaml', id: 'water', by: 'ours.yaml' }],
  });
});

test('of two files of one folder with the same id the second is left out, whole', () => {
  const files = [
    file('p', false, 'a'),
    file('q', false, 'a', 'b'),
    file('x', true, 'c', '__proto__'),
    file('y', true, 'd', 'c'),
    file('z', true, '__proto__'),
  ];
  const { values, leftOut } = uniqueIds(files);
  expect(values).toEqual(['a of p', 'c of x', '__proto__ of x']);
  expect(leftOut.map(({ file, id, by }) => `${file} ${id} ${by}`)).toEqual(['q a p', 'y c x', 'z __proto__ x']);
});

test('whatever the files: every id once, and nothing missing that is not named', () => {
  const some = fc.record({
    own: fc.boolean(),
    ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'constructor'), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), (drafts) => {
      const files = drafts.map(({ own, ids }, i) => file(String(i), own, ...ids));
      const { values, leftOut, replaced } = uniqueIds(files);
      const ids = values.map((value) => value.split(' ')[0]);
      expect(new Set(ids).size).toBe(ids.length);
      const out = new Set(leftOut.map((one) => one.file));
      const gone = new Set(replaced.map((one) => `${one.id} of ${one.file}`));
      for (const { file: name, entries } of files) {
        if (out.has(name)) continue;
        for (const { value } of entries) expect(values.includes(value) || gone.has(value)).toBe(true);
      }
    }),
    { seed: 4 },
  );
});
