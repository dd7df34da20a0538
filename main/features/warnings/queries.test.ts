import { expect, test } from 'vitest';
import { type Warning, warningAggregate } from '../../../core/warnings/warning.ts';
import type { ReadOrder, ReadRows } from '../../wire/readers.ts';
import { warningQueries, warningsOrder } from './queries.ts';

const line = (id: string, level: number, sent: number, endedAt: number | null = null) => ({
  line: JSON.stringify({ id, level, sent, endedAt }),
});

test('a page has one row less than was read, and says where the next begins', async () => {
  const asked: ReadOrder[] = [];
  const read = async (order: ReadOrder): Promise<ReadRows> => {
    asked.push(order);
    return { rows: [line('warning:a', 1, 9), line('warning:b', 2, 7), line('warning:c', 2, 5)], count: 3, exact: true };
  };
  const domain = { of: () => ({ get: () => expect.fail('read from its table'), staying: () => [].values() }) };
  const { 'warnings.list': list } = warningQueries({ domain, readers: { read } });
  const { rows, more, total } = await list.answer({ state: 'holding', limit: 2 });
  expect(rows.map(({ id }) => id)).toEqual(['warning:a', 'warning:b']);
  expect([more, total]).toEqual(['2.7.warning:b', { count: 3, exact: true }]);
  await list.answer({ state: 'holding', limit: 2, after: more ?? '' });
  expect(asked[1]?.values).toEqual({ limit: 3, level: 2, at: 7, id: 'warning:b' });
  await list.answer({ state: 'over', limit: 2, after: '2.9.warning:z' });
  expect(asked[2]?.values).toEqual({ limit: 3, at: 9, id: 'warning:z' });
  expect(asked[2]?.count?.sql).not.toContain(':at');
  await list.answer({ state: 'holding', limit: 2, ids: ['warning:a'] });
  expect(asked[3]?.values).toEqual({ limit: 3, ids: '["warning:a"]' });
});

test.each(['', 'x', '5.1.a', '1.99999999999999999.a'])('%j is no page of the list', (after) => {
  expect(() => warningsOrder({ state: 'over', limit: 2, after })).toThrow(/warnings\.list: after: is no page/);
});

test('a map is given as many outlines as it bears, what is asked for first and then the worst', async () => {
  const warning = (id: string, level: 1 | 2 | 3 | 4, points: number): [string, Warning] => {
    const ring = Array.from({ length: points }, (_, i): [number, number] => [121 + i / 1e5, 29]);
    const area = { name: { zh: '', en: '' }, polygons: points > 0 ? [ring] : [], circles: [], codes: [] };
    const said = { does: 'alert', level, area, title: { zh: id, en: id } } as unknown as Warning['said'];
    return [id, { ...warningAggregate.initialState(id), said }];
  };
  const all = new Map([
    warning('mild', 4, 1800),
    warning('district', 1, 0),
    warning('worst', 1, 2000),
    ...['a', 'b', 'c'].map((id) => warning(id, 3, 2000)),
    warning('small', 4, 5),
  ]);
  const over = warning('over', 4, 100);
  const domain = {
    of: () => ({ get: (id: string) => (id === 'over' ? over[1] : all.get(id)), staying: () => all.entries() }),
  };
  const { 'warnings.shapes': shapes } = warningQueries({
    ...{ domain: domain as never, readers: { read: () => expect.fail('made of states') } },
  });
  const { rows } = await shapes.answer({ also: 'over' });
  expect(rows.map(({ id }) => id)).toEqual(['over', 'worst', 'a', 'b', 'mild', 'small']);
});
