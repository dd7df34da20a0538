import { expect, test } from 'vitest';
import { AlarmRules } from '../../../core/alarms/rules.ts';
import { createDomainRig, type DomainRig } from '../../../tests/fakes/domainRig.ts';
import { createDeadlines } from '../../kernel/deadlines.ts';
import { createRuleWatch } from './ruleWatch.ts';
import { createTogetherWatch } from './togetherWatch.ts';

const MINUTE = 60_000;
const t = (en: string) => ({ zh: en, en });
const { rules } = AlarmRules.parse({
  rules: [
    { rule: 'water', name: t('Water'), sensor: { kind: 'water-level' }, levels: [{ level: 3, raise: 1, clear: 0.5 }] },
    {
      rule: 'rain',
      name: t('Rain'),
      quiet: true,
      sensor: { kind: 'rain' },
      levels: [{ level: 4, raise: 20, clear: 10 }],
    },
    {
      ...{
        rule: 'pump-at-it',
        name: t('Pump'),
        quiet: true,
        unit: { kind: 'truck' },
        area: { around: 'WL-1', metres: 100 },
      },
      levels: [{ level: 4, raise: 0, clear: -20 }],
    },
    {
      ...{ rule: 'both', name: t('Both'), conditions: ['water', 'rain'], within: { minutes: 5, metres: 500 } },
      levels: [{ level: 2, raise: 2, clear: 1 }],
    },
    {
      ...{ rule: 'pumped', name: t('Pumped'), conditions: ['water', 'pump-at-it'], within: { metres: 500 } },
      levels: [{ level: 4, raise: 2, clear: 1 }],
    },
  ],
});
const SENSORS = [
  { id: 'WL-1', kind: 'water-level', name: t('WL-1'), unit: 'm', lon: 121, lat: 29 },
  { id: 'RG-1', kind: 'rain', name: t('RG-1'), unit: 'mm/h', lon: 121.002, lat: 29 },
  { id: 'AQ-1', kind: 'air', name: t('AQ-1'), unit: 'x', lon: 121, lat: 29 },
];

function watching(rig: DomainRig) {
  const deadlines = createDeadlines({ clock: rig.clock, onError: (error) => expect.unreachable(String(error)) });
  const onError = (error: unknown) => expect.unreachable(String(error));
  const here = { rules, station: rig.station, domain: rig.domain, onError };
  const together = createTogetherWatch({
    ...{
      ...here,
      sensors: SENSORS,
      units: [{ id: 'T-1', kind: 'truck', callSign: '泵 01' }],
      clock: rig.clock,
      deadlines,
    },
    usualOf: () => null,
    at: (id) => SENSORS.find((sensor) => sensor.id === id),
  });
  const watch = createRuleWatch({ ...here, sensor: (id) => SENSORS.find((sensor) => sensor.id === id) });
  const say = async (sensor: string, value: number) => {
    const said = { t: rig.clock.now(), value, quality: 'good' } as const;
    watch.observe(sensor, said);
    together.observe(sensor, said);
    await rig.domain.execute(() => []);
  };
  const pass = async (minutes: number) => {
    await rig.clock.advance(minutes * MINUTE);
    await rig.domain.execute(() => []);
  };
  return { together, say, pass };
}
const told = (rig: DomainRig) => [...rig.ledger.all()].map(({ type, subject }) => `${type} ${subject}`);
const BOTH = ['alarm.raised alarm:both:WL-1'];

test('conditions that hold near each other raise one alarm at the first one’s sensor; a quiet one none; it ends by time alone', async () => {
  const rig = createDomainRig();
  const { say, pass, together } = watching(rig);
  expect([[...together.sensors], [...together.units]]).toEqual([['WL-1', 'RG-1'], ['T-1']]);
  await say('RG-1', 25);
  await say('WL-1', 1.2);
  expect(told(rig)).toEqual(expect.arrayContaining([...BOTH, 'alarm.raised alarm:water:WL-1']));
  expect(told(rig)).toHaveLength(2);
  const shown = rig.topics.alarms.items.get('alarm:both:WL-1');
  expect(shown).toMatchObject({ level: 2, value: 2, unit: '/ 2', source: { kind: 'sensor', id: 'WL-1' } });
  await say('RG-1', 2);
  await pass(4);
  expect(rig.topics.alarms.items.get('alarm:both:WL-1')?.state).toBe('unacknowledged');
  await pass(1.01);
  expect(rig.topics.alarms.items.get('alarm:both:WL-1')?.state).toBe('returned');
  expect(together.isWatched('both', { kind: 'sensor', id: 'WL-1' })).toBe(true);
  expect(together.isWatched('both', { kind: 'sensor', id: 'RG-1' })).toBe(false);
});

test('after a start what stood before is not cleared by what is not known yet, and is once nobody said otherwise for ten minutes', async () => {
  const before = createDomainRig();
  const first = watching(before);
  await first.say('RG-1', 25);
  await first.say('WL-1', 1.2);
  const rig = createDomainRig({ store: before.store, clock: before.clock });
  const { say, pass } = watching(rig);
  await say('WL-1', 1.2);
  await pass(9);
  expect(told(rig).filter((line) => line.includes('both'))).toEqual(BOTH);
  await pass(2);
  expect(told(rig).filter((line) => line.includes('both'))).toEqual([...BOTH, 'alarm.cleared alarm:both:WL-1']);
});

test('a unit in an area is a condition as a value is, where it is then', async () => {
  const rig = createDomainRig();
  const { say, together } = watching(rig);
  await say('WL-1', 1.2);
  const drive = async (lon: number) => {
    together.moved('T-1', { t: rig.clock.now(), lon, lat: 29 });
    await rig.domain.execute(() => []);
  };
  await drive(121.01);
  expect(told(rig)).toHaveLength(1);
  await drive(121.0005);
  await drive(121.01);
  expect(told(rig).slice(1)).toEqual(['alarm.raised alarm:pumped:WL-1', 'alarm.cleared alarm:pumped:WL-1']);
});
