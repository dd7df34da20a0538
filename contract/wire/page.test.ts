import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { QuerySpec } from '../define.ts';
import { HallFrame, type PatchFrame } from './frames.ts';
import { type Answer, type Page, pageOf, patchBody, patched, rowsBody } from './page.ts';

const spec: QuerySpec = {
  right: 'hall.see',
  params: z.object({}),
  row: z.object({ id: z.string(), n: z.number() }),
  key: 'id',
};
const answer = (rows: readonly object[], count = rows.length, more: string | null = null): Answer<object> => ({
  rows,
  total: { count, exact: true },
  more,
});
const page = (rows: readonly object[], before?: Page) => pageOf('x.list', spec, answer(rows), before);
const row = (id: string, n = 0) => ({ id, n });
const rowsOf = ({ rows }: Page) => Array.from(rows, ([key, text]): [string, unknown] => [key, JSON.parse(text)]);
function patch(from: Page, to: Page): PatchFrame | null {
  const body = patchBody(from, to);
  if (body === null) return null;
  const frame = HallFrame.parse(JSON.parse(`{"t":"patch","id":1,"v":1,${body}}`));
  return frame.t === 'patch' ? frame : expect.fail('no patch');
}

test('Q4 a patch makes the one page of the other, whatever came, went, changed or moved, and puts no row that stays (fuzz)', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '__proto__', 'constructor', '1', '0');
  const rows = fc.uniqueArray(fc.record({ id: key, n: fc.nat(2) }), { selector: ({ id }) => id, maxLength: 10 });
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const [from, to] = [page(a), page(b)];
      const frame = patch(from, to);
      if (frame === null) {
        expect(rowsOf(to)).toEqual(rowsOf(from));
        return;
      }
      const after = patched(new Map(rowsOf(from)), frame, new Map(frame.set));
      expect([...after]).toEqual(rowsOf(to));
      const same = b.filter(({ id, n }) => a.some((old) => old.id === id && old.n === n));
      expect(frame.set).toHaveLength(b.length - same.length);
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test('Q4 a row that comes first among fifty, and the last that leaves, are all that is said', () => {
  const rows = Array.from({ length: 50 }, (_, i) => row(`r${i}`));
  const frame = patch(page(rows), page([row('new'), ...rows.slice(0, -1)]));
  expect(frame).toMatchObject({ set: [['new', row('new')]], del: ['r49'], at: [['new', 0]] });
  const moved = patch(page(rows), page([...rows.slice(1), row('r0')]));
  expect(moved).toMatchObject({ set: [], del: [], at: [['r0', 49]] });
});

test('Q4 what a patch does not say is as it was; nothing changed is no patch', () => {
  const from = page([row('a')]);
  expect(patchBody(from, page([row('a')], from))).toBeNull();
  const grown = pageOf('x.list', spec, { ...answer([row('a')]), total: { count: 9, exact: false }, more: 'a' }, from);
  expect(patch(from, grown)).toMatchObject({ set: [], del: [], total: { count: 9, exact: false }, more: 'a' });
  expect(patch(grown, from)).toMatchObject({ total: { count: 1, exact: true }, more: null });
});

test('Q4 a patch is made once, however many windows are sent it', () => {
  const [from, to] = [page([row('a')]), page([row('b')])];
  patchBody(from, to);
  expect(to.patch).toMatchObject({ from });
  const made = to.patch;
  patchBody(from, to);
  expect(to.patch).toBe(made);
});

test('C3 rows that break the schema or have one key are named', () => {
  expect(() => page([row('a'), { id: 'b', n: 'x' }])).toThrow(/x\.list: row b: n: /);
  expect(() => page([row('a'), row('a', 1)])).toThrow('x.list: two rows are called a');
});

test('whatever a patch says, rows come out, and none twice (fuzz)', () => {
  const key = fc.constantFrom('a', 'b', 'c', '__proto__');
  fc.assert(
    fc.property(
      fc.uniqueArray(key),
      fc.array(key),
      fc.array(fc.tuple(key, fc.nat(6))),
      fc.array(key),
      (before, del, at, set) => {
        const rows = (keys: readonly string[]) => new Map(keys.map((k) => [k, k]));
        const after = patched(rows(before), { del, at }, rows(set));
        for (const [k, v] of after) expect(v).toBe(k);
      },
    ),
    { seed: 12, numRuns: 500 },
  );
});

test('a rows frame is read back as it was written (fuzz)', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 5 }), fc.option(fc.string({ maxLength: 9 })), (ids, more) => {
      const made = pageOf('x.list', spec, { ...answer(ids.map((id) => row(id))), more });
      const frame = HallFrame.parse(JSON.parse(`{"t":"rows","id":1,"v":0,${rowsBody(made)}}`));
      expect(frame).toEqual({ t: 'rows', id: 1, v: 0, rows: rowsOf(made), total: made.total, more });
    }),
    { seed: 13 },
  );
});
