import { expect, test } from 'vitest';
import type { ReadOrder, ReadRows } from '../../wire/readers.ts';
import { handoversOrder, shiftQueries } from './queries.ts';

const row = (n: number) => ({ id: `handover:${n}`, seat: 'duty', state: 'open', from: '张伟', to: null, begunAt: n });

test('a page has one row less than was read, and says where the next begins', async () => {
  const asked: ReadOrder[] = [];
  const read = async (order: ReadOrder): Promise<ReadRows> => {
    asked.push(order);
    return { rows: [row(3), row(2), row(1)], count: 3, exact: true };
  };
  const domain = { of: () => ({ get: () => expect.fail('read from its table'), staying: () => [].values() }) };
  const { 'shifts.list': list } = shiftQueries({ domain, readers: { read } });
  const { rows, more, total } = await list.answer({ limit: 2 });
  expect(rows.map(({ id }) => id)).toEqual(['handover:3', 'handover:2']);
  expect([more, total]).toEqual(['2.handover:2', { count: 3, exact: true }]);
  await list.answer({ limit: 2, seat: 'duty', after: more ?? '' });
  expect(asked[1]).toMatchObject({ values: { limit: 3, seat: 'duty', at: 2, id: 'handover:2' } });
  expect(asked[1]?.sql).toContain('WHERE seat = :seat AND (begun_at, id) < (:at, :id)');
  expect(asked[1]?.count?.sql).not.toContain(':at');
});

test.each(['', 'x', '1.', '99999999999999999.a'])('%j is no page of the list', (after) => {
  expect(() => handoversOrder({ limit: 2, after })).toThrow(/shifts\.list: after: is no page/);
});
