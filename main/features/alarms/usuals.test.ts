import { expect, test } from 'vitest';
import { AlarmRule } from '../../../core/alarms/rules.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import type { RecallOrder } from './recall.ts';
import { createUsuals } from './usuals.ts';

const DAY = 86_400_000;
const rule = (id: string, measure: object | string) =>
  AlarmRule.parse({
    ...{ rule: id, name: { zh: '异常', en: 'Odd' }, quiet: true, sensor: { kind: 'flow' }, measure },
    levels: [{ level: 3, raise: 6, clear: 2 }],
  });
const ODD = rule('odd', { usual: 5, spread: 1 });
const SENSORS = [
  { id: 'F-1', kind: 'flow' },
  { id: 'F-2', kind: 'flow' },
  { id: 'RG-1', kind: 'rain' },
];

async function rig(rules: readonly AlarmRule[], { fails = 0 } = {}) {
  const clock = createFakeClock();
  const asked: RecallOrder[] = [];
  const kept: string[] = [];
  const told = { known: 0 };
  const hour = (ago: number) => clock.now() - ago * DAY;
  const usuals = createUsuals({
    ...{ rules, sensors: SENSORS, offset: () => 0, file: 'telemetry.db', clock },
    recall: () => ({
      ask(order) {
        asked.push(order);
        if (asked.length <= fails) return Promise.reject(new Error('database is locked'));
        const t = [hour(3), hour(2), hour(1), hour(1)];
        const samples = { sensor: ['F-1', 'F-1', 'F-1', 'F-1'], t, value: [4, 5, 6, 99] };
        return Promise.resolve({ samples, kept: 2 });
      },
      close: () => Promise.resolve(),
    }),
    keep: (sensor, t, value) => void kept.push(`${sensor} ${Math.round((clock.now() - t) / DAY)} ${value}`),
    onKnown: () => void told.known++,
    onError: (error) => expect.unreachable(String(error)),
  });
  await clock.advance(0);
  return { usuals, clock, asked, kept, told };
}

test('a hall is told what its sensors said, keeps what was not kept yet, and says how many days it knows', async () => {
  const { usuals, clock, asked, kept } = await rig([ODD, rule('value', 'value')]);
  expect(asked).toEqual([{ file: 'telemetry.db', sensors: ['F-1', 'F-2'], from: clock.now() - 6 * DAY }]);
  expect(kept).toEqual(['F-1 1 6']);
  expect(usuals.of('F-1')?.at(clock.now(), 5)).toMatchObject({ median: 5, days: 3 });
  expect(usuals.knows(ODD)).toEqual({ of: 2, sensors: 1, days: 3 });
  expect(usuals.knows(rule('value', 'value'))).toBeNull();
  for (const quality of ['bad', 'doubtful', 'good', 'good'] as const)
    usuals.heard('F-2', { t: clock.now(), value: 7, quality });
  expect(kept.slice(1)).toEqual(['F-2 0 7']);
});

test('a file that is busy at a start is read a little later, and who looks at what is known is told', async () => {
  const { usuals, clock, asked, told } = await rig([ODD], { fails: 2 });
  expect(usuals.knows(ODD)).toEqual({ of: 2, sensors: 0, days: 0 });
  expect(told.known).toBe(0);
  await clock.advance(6000);
  expect(asked).toHaveLength(3);
  expect(told.known).toBe(1);
  expect(usuals.knows(ODD)).toEqual({ of: 2, sensors: 1, days: 3 });
});

test('a hall without such rules reads nothing and hears nothing', async () => {
  const { usuals, asked } = await rig([rule('value', 'value')]);
  expect(asked).toEqual([]);
  expect([usuals.sensors.size, usuals.of('F-1')]).toEqual([0, null]);
});
