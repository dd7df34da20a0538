import { expect, test } from 'vitest';
import type { Report } from '../../../core/calls/report.ts';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { reportsTaken } from './reports.ts';

const FROM = { feed: 'hotline', name: { zh: '热线', en: 'Hotline' }, to: ['duty'] };
const report = (id: string, said = '井盖缺失', over = false): Report => ({
  ...{ id, at: 1000, over, text: { zh: said, en: said }, about: {} },
});

function rig() {
  const { domain, topics, call } = createDomainRig();
  const take = reportsTaken(domain);
  const shown = () => [...topics.calls.items.values()];
  return { take, shown, call };
}

test('a report is a call that waits, with its source, once for its number, whatever that is', async () => {
  const { take, shown } = rig();
  const odd = 'a b/~\n'.repeat(10);
  expect(await take(FROM, [report('1'), report('2'), report('1', '有人受伤'), report(odd)])).toEqual({
    taken: 3,
    left: 0,
  });
  expect(await take(FROM, [report('1', '有人受伤'), report('2')])).toEqual({ taken: 0, left: 0 });
  expect(shown().map(({ text, source }) => [text.zh, source?.id])).toEqual([
    ['有人受伤', '1'],
    ['井盖缺失', '2'],
    ['井盖缺失', odd],
  ]);
  // The same number of another system is another one.
  await take({ ...FROM, feed: 'exchange' }, [report('1')]);
  expect(shown()).toHaveLength(4);
});

test('what its system closes leaves the list; what a seat has noted does not come again', async () => {
  const { take, shown, call } = rig();
  await take(FROM, [report('1'), report('2')]);
  await take(FROM, [report('1', '井盖缺失', true)]);
  const [left] = shown();
  expect([shown().length, left?.source?.id]).toEqual([1, '2']);
  await call('calls.note', { call: left?.id ?? '' });
  expect(await take(FROM, [report('2', '又说了一次')])).toEqual({ taken: 0, left: 0 });
  expect(shown()).toEqual([]);
});

test('of too many that wait the rest is left to the system, and taken once there is room', async () => {
  const { take, shown } = rig();
  const all = Array.from({ length: 310 }, (_, i) => report(`${i}`));
  expect(await take(FROM, all)).toEqual({ taken: 300, left: 10 });
  expect(await take(FROM, [report('0', '更新'), report('305')])).toEqual({ taken: 1, left: 1 });
  await take(FROM, [report('1', '井盖缺失', true), report('2', '井盖缺失', true)]);
  expect(await take(FROM, all.slice(300))).toEqual({ taken: 2, left: 8 });
  expect(shown()).toHaveLength(300);
});
