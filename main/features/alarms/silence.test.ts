import { expect, test } from 'vitest';
import { indexRules } from '../../../core/alarms/ruleIndex.ts';
import { AlarmRule } from '../../../core/alarms/rules.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createDeadlines } from '../../kernel/deadlines.ts';
import { createSilence } from './silence.ts';

const rule = AlarmRule.parse({
  ...{ rule: 'dead-gauge', name: { zh: '测站中断', en: 'Gauge silent' }, sensor: { kind: 'rain' }, measure: 'silence' },
  levels: [
    { level: 4, raise: 15, clear: 1 },
    { level: 3, raise: 60, clear: 1 },
  ],
});

function rig() {
  const clock = createFakeClock();
  const told: [string, number][] = [];
  const deadlines = createDeadlines({ clock, onError: (error) => expect.fail(String(error)) });
  const silence = createSilence({
    ...{ index: indexRules([rule]), clock, deadlines },
    sensors: [
      { id: 'RG-1', kind: 'rain' },
      { id: 'RG-2', kind: 'rain' },
      { id: 'WL-1', kind: 'water-level' },
    ],
    isClaimed: (sensor) => sensor === 'RG-1',
    watch: { silent: (sensor, minutes) => void told.push([sensor, minutes]) },
  });
  return { told, silence, minutes: (many: number) => clock.advance(many * 60_000) };
}

test('a gauge of a feed that is never heard is silent from the hall’s start on; each threshold is told once', async () => {
  const { told, minutes } = rig();
  await minutes(14.9);
  expect(told).toEqual([]);
  await minutes(0.1);
  expect(told).toEqual([['RG-1', 15]]);
  await minutes(300);
  expect(told.slice(1)).toEqual([['RG-1', 60]]);
});

test('what was heard puts it off, also after it was told; what no rule watches is never told', async () => {
  const { told, silence, minutes } = rig();
  for (let i = 0; i < 10; i++) {
    await minutes(10);
    silence.heard('RG-1');
    silence.heard('WL-1');
  }
  expect(told).toEqual([]);
  await minutes(15);
  silence.heard('RG-1');
  await minutes(15);
  expect(told).toEqual([
    ['RG-1', 15],
    ['RG-1', 15],
  ]);
});

test('a gauge that no feed names is silent once it has been heard', async () => {
  const { told, silence, minutes } = rig();
  await minutes(20);
  expect(told.map(([sensor]) => sensor)).toEqual(['RG-1']);
  silence.heard('RG-2');
  await minutes(14);
  silence.heard('RG-2');
  await minutes(15);
  expect(told.filter(([sensor]) => sensor === 'RG-2')).toEqual([['RG-2', 15]]);
});

test('closed, nothing is told any more', async () => {
  const { told, silence, minutes } = rig();
  silence.close();
  await minutes(100);
  expect(told).toEqual([]);
});
