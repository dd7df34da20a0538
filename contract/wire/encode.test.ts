import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createEncoder } from './encode.ts';

const Member = z.object({ id: z.string(), n: z.number().optional() });
const Item = z.object({ name: z.string(), list: z.array(Member), more: z.unknown() });
type Item = z.infer<typeof Item>;
const long = { list: 'list', member: Member } as const;

test('what is put together of known members is what JSON.stringify writes, whatever changed in between', () => {
  const member = fc.record({
    id: fc.string(),
    n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  });
  const version = fc.record({
    name: fc.string(),
    more: fc.oneof(fc.jsonValue(), fc.constant(undefined)),
    picks: fc.array(fc.nat(9), { maxLength: 12 }),
  });
  fc.assert(
    fc.property(
      fc.array(member, { minLength: 10, maxLength: 10 }),
      fc.array(version, { maxLength: 8 }),
      fc.string(),
      (members, versions, key) => {
        const encoder = createEncoder<Item>(Item as z.ZodType<Item>, long);
        for (const { picks, ...rest } of versions) {
          const item = { ...rest, list: picks.map((at) => members[at] as Item['list'][number]) };
          expect(encoder.text(key, item)).toBe(JSON.stringify([key, item]));
          expect(encoder.refused(item)).toBeNull();
        }
      },
    ),
    { seed: 20261126, numRuns: 300 },
  );
});

test('a member is written and looked at once, as long as it is the same object', () => {
  let looks = 0;
  const member = (id: string) => {
    const made = { id: '' };
    return Object.defineProperty(made, 'id', {
      enumerable: true,
      get() {
        looks++;
        return id;
      },
    });
  };
  const encoder = createEncoder<Item>(Item as z.ZodType<Item>, long);
  const list = Array.from({ length: 100 }, (_, i) => member(`m${i}`));
  const tell = (members: readonly { id: string }[]) => {
    const before = looks;
    const item: Item = { name: 'x', list: [...members], more: null };
    encoder.text('k', item);
    encoder.refused(item);
    return looks - before;
  };
  const all = tell(list);
  expect(tell(list)).toBe(0);
  expect(tell([...list.slice(1), member('new')])).toBe(all / 100);
});

test('what windows would refuse is named by its place in the item, in the list or beside it', () => {
  const encoder = createEncoder<Item>(Item as z.ZodType<Item>, long);
  const good = { id: 'a' };
  const item = { name: 'x', list: [good, good], more: null };
  expect(encoder.refused(item)).toBeNull();
  expect(encoder.refused({ ...item, list: [good, { id: 7 } as never] })).toMatchObject({ field: 'list.1.id' });
  expect(encoder.refused({ ...item, list: [good, { id: 7 } as never] })).toMatchObject({ field: 'list.1.id' });
  expect(encoder.refused({ ...item, name: 7 as never })).toMatchObject({ field: 'name' });
  expect(createEncoder<Item>(undefined, long).refused({ ...item, name: 7 as never })).toBeNull();
});
