import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { AlarmRules } from '../../../core/alarms/rules.ts';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { createRuleWatch } from '../alarms/ruleWatch.ts';
import { tryRules } from './tryRules.ts';

const t = (en: string) => ({ zh: en, en });
const { rules } = AlarmRules.parse({
  rules: [
    {
      ...{ rule: 'water', name: t('Water'), sensor: { kind: 'water-level' } },
      levels: [
        { level: 4, raise: 2, clear: 1, for: 2 },
        { level: 2, raise: 4, clear: 3, for: 2 },
      ],
    },
    {
      ...{ rule: 'low', name: t('Low'), sensor: { kind: 'water-level', ids: ['WL-2'] }, direction: 'low' },
      levels: [{ level: 3, raise: 0, clear: 1 }],
    },
  ],
});
const SENSORS = ['WL-1', 'WL-2', 'WL-3'].map((id) => ({ id, kind: 'water-level', lon: 0, lat: 0 }));

type Value = { sensor: string; t: number; value: number; quality: number };

function result(values: readonly Value[], from = 0) {
  const history = {
    of: (sensors: ReadonlySet<string>) => values.filter(({ sensor }) => sensors.has(sensor)).values(),
    samplesOf: () => [].values(),
    positionsOf: () => [].values(),
  };
  return tryRules(rules, { sensors: SENSORS, units: [], places: new Map(), zone: 'UTC' }, history, from);
}

test('what was tried is what the hall raises of the same values (property)', async () => {
  const value = fc.record({
    sensor: fc.constantFrom('WL-1', 'WL-2'),
    value: fc.integer({ min: 0, max: 5 }),
    quality: fc.constantFrom(0, 0, 0, 1, 2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 60 }), async (said) => {
      const values = said.map((each, i) => ({ ...each, t: i * 1000 }));
      const rig = createDomainRig();
      const about = (id: string) => ({ id, kind: 'water-level', name: t(id), unit: 'm', lon: 121, lat: 29 });
      const watch = createRuleWatch({
        ...{ rules, sensor: about, station: rig.station, domain: rig.domain },
        onError: (error) => expect.fail(String(error)),
      });
      for (const { sensor, t: at, value: its, quality } of values) {
        watch.observe(sensor, { t: at, value: its, quality: (['good', 'doubtful', 'bad'] as const)[quality] ?? 'bad' });
        await rig.domain.execute(() => []);
      }
      const worst = new Map<string, number>();
      for (const { type, subject, body } of rig.ledger.all()) {
        if (type !== 'alarm.raised') continue;
        const occurrence = `${subject} ${body.occurrence}`;
        worst.set(occurrence, Math.min(worst.get(occurrence) ?? 4, Number(body.level)));
      }
      for (const tried of result(values).rules) {
        const raised = [...worst]
          .filter(([occurrence]) => occurrence.startsWith(`alarm:${tried.rule}:`))
          .map(([, level]) => level);
        expect([tried.rule, tried.raised]).toEqual([tried.rule, raised.length]);
        for (const level of [1, 2, 3, 4] as const)
          expect([tried.rule, level, tried.levels[level]]).toEqual([
            tried.rule,
            level,
            raised.filter((each) => each === level).length,
          ]);
        const up = SENSORS.filter(({ id }) =>
          ['unacknowledged', 'acknowledged'].includes(
            rig.domain.of(alarmAggregate).get(`alarm:${tried.rule}:${id}`).state,
          ),
        );
        expect([tried.rule, tried.up]).toEqual([tried.rule, up.length]);
      }
    }),
    { seed: 28, numRuns: 60 },
  );
});

test('says of each rule what it watches and what was heard, the longest, the busiest, and the most within ten minutes', () => {
  const flood = (sensor: string, at: number): Value[] =>
    [5, 5, 5, 0, 0, 0].map((value, i) => ({ sensor, t: at + i * 1000, value, quality: 0 }));
  const values = [
    ...flood('WL-1', 0),
    ...flood('WL-2', 60_000),
    ...flood('WL-1', 120_000),
    ...flood('WL-1', 3_600_000),
  ];
  const { rules: tried, values: looked, span, mostInTenMinutes } = result(values);
  expect(looked).toBe(24);
  expect(span).toEqual({ from: 0, to: 3_605_000 });
  expect(tried[0]).toMatchObject({ rule: 'water', sensors: 3, heard: 2, raised: 4, up: 0, longest: 3000 });
  expect(tried[0]?.busiest).toEqual([
    { sensor: 'WL-1', raised: 3 },
    { sensor: 'WL-2', raised: 1 },
  ]);
  expect(tried[1]).toMatchObject({ rule: 'low', sensors: 1, heard: 1, raised: 1, up: 1 });
  expect(mostInTenMinutes).toBe(4);
  expect(result([])).toMatchObject({ values: 0, span: null, mostInTenMinutes: 0 });
});

test('where units were is tried against areas, and what an area is around is known', () => {
  const { rules: areas } = AlarmRules.parse({
    rules: [
      {
        ...{ rule: 'at-school', name: t('School'), unit: { kind: 'truck' }, area: { around: 'SCHOOL', metres: 100 } },
        levels: [{ level: 3, raise: 0, clear: -10, for: 20 }],
      },
      {
        ...{ rule: 'nowhere', name: t('Nowhere'), unit: { kind: 'truck' }, area: { around: 'NOBODY', metres: 100 } },
        levels: [{ level: 3, raise: 0, clear: -10 }],
      },
    ],
  });
  const lons = [121.1, 121, 121, 121, 121.1, 121];
  const history = {
    of: () => [].values(),
    samplesOf: () => [].values(),
    positionsOf: (units: ReadonlySet<string>) =>
      ['T-1', 'B-1']
        .filter((unit) => units.has(unit))
        .flatMap((unit) => lons.map((lon, i) => ({ unit, t: i * 10_000, lon, lat: 29 })))
        .values(),
  };
  const units = [
    { id: 'T-1', kind: 'truck' },
    { id: 'B-1', kind: 'boat' },
  ];
  const places = new Map([['SCHOOL', { lon: 121, lat: 29 }]]);
  const tried = tryRules(areas, { sensors: SENSORS, units, places, zone: 'UTC' }, history, 0);
  expect(tried).toMatchObject({ values: 6, span: { from: 0, to: 50_000 } });
  expect(tried.rules[0]).toMatchObject({ sensors: 1, heard: 1, raised: 1, longest: 10_000, up: 0 });
  expect(tried.rules[0]?.busiest).toEqual([{ sensor: 'T-1', raised: 1 }]);
  expect(tried.rules[1]).toMatchObject({ sensors: 1, heard: 1, raised: 0 });
});

test('conditions are tried together, with rules that are in use and not tried; a quiet one is not counted as an alarm', () => {
  const [water] = rules;
  const { rules: written } = AlarmRules.parse({
    rules: [
      {
        ...{ rule: 'at-school', name: t('School'), quiet: true, unit: { kind: 'truck' } },
        ...{ area: { around: 'SCHOOL', metres: 100 }, levels: [{ level: 3, raise: 0, clear: -10 }] },
      },
      {
        ...{ rule: 'both', name: t('Both'), conditions: ['water', 'at-school'], within: { minutes: 1, metres: 500 } },
        levels: [{ level: 2, raise: 2, clear: 1 }],
      },
    ],
  });
  const history = {
    of: (sensors: ReadonlySet<string>) =>
      [0, 3, 3, 3, 3, 3, 0, 0]
        .flatMap((value, i) => (sensors.has('WL-1') ? [{ sensor: 'WL-1', t: i * 10_000, value, quality: 0 }] : []))
        .values(),
    samplesOf: () => [].values(),
    positionsOf: () =>
      [1, 0, 0, 1, 1, 1].map((off, i) => ({ unit: 'T-1', t: i * 10_000 + 1, lon: off, lat: 0 })).values(),
  };
  const things = {
    sensors: SENSORS,
    units: [{ id: 'T-1', kind: 'truck' }],
    places: new Map([['SCHOOL', { lon: 0, lat: 0 }]]),
    zone: 'UTC',
  };
  const tried = tryRules(written, things, history, 0, [water ?? expect.fail('no rule')]);
  expect(tried.rules[0]).toMatchObject({ rule: 'at-school', quiet: true, sensors: 1, heard: 1, raised: 1 });
  // From the second look at high water, at 20 s, until a minute after the truck left, at 30 s; the water fell before.
  expect(tried.rules[1]).toMatchObject({
    rule: 'both',
    quiet: false,
    sensors: 3,
    heard: 1,
    raised: 1,
    levels: { 2: 1 },
  });
  expect(tried.rules[1]?.busiest).toEqual([{ sensor: 'WL-1', raised: 1 }]);
  expect(tried).toMatchObject({ mostInTenMinutes: 1, values: 14 });
});
