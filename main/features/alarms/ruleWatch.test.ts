import { expect, test } from 'vitest';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { type AlarmRule, AlarmRules } from '../../../core/alarms/rules.ts';
import { createDomainRig, type DomainRig, finding } from '../../../tests/fakes/domainRig.ts';
import { foldedStates, statesOf, subjectsOf } from '../../../tests/fakes/states.ts';
import { createRuleWatch, type WatchedSensor } from './ruleWatch.ts';

const t = (en: string) => ({ zh: en, en });
const { rules } = AlarmRules.parse({
  rules: [
    {
      ...{ rule: 'water', name: t('Water'), sensor: { kind: 'water-level' } },
      levels: [
        { level: 4, raise: 0.15, clear: 0.1, for: 3 },
        { level: 2, raise: 0.4, clear: 0.3, for: 3 },
      ],
    },
    {
      ...{ rule: 'one-gauge', name: t('Rain'), sensor: { kind: 'rain', ids: ['RG-001'] } },
      levels: [{ level: 3, raise: 40, clear: 25 }],
    },
  ],
});
const SENSORS = new Map<string, WatchedSensor>(
  [
    ['WL-001', 'water-level', 'm'],
    ['RG-001', 'rain', 'mm/h'],
    ['RG-002', 'rain', 'mm/h'],
    ['AQ-001', 'air', 'µg/m³'],
  ].map(([id = '', kind = '', unit = '']) => [id, { id, kind, unit, name: t(id), lon: 121, lat: 29 }]),
);

function watching(rig: DomainRig, by: readonly AlarmRule[] = rules) {
  const errors: [unknown, string][] = [];
  const watch = createRuleWatch({
    rules: by,
    sensor: (id) => SENSORS.get(id),
    station: rig.station,
    domain: rig.domain,
    onError: (error, what) => errors.push([error, what]),
  });
  return { watch, errors };
}

/** Waits until everything decided before is durable, or refused by the disk. */
const settled = (rig: DomainRig) => rig.domain.execute(() => []).catch(() => undefined);
const types = (rig: DomainRig) => [...rig.ledger.all()].map((event) => [event.type, event.body.level ?? null]);

/** A value every second from `from` to `to`, by the source's clock. */
async function hold(
  rig: DomainRig,
  watch: ReturnType<typeof watching>['watch'],
  value: number,
  from: number,
  to: number,
  quality: 'good' | 'doubtful' | 'bad' = 'good',
) {
  for (let second = from; second <= to; second++) watch.observe('WL-001', { t: second * 1000, value, quality });
  await settled(rig);
}

test('raises once the value has stood, to a worse level later, and clears through the dead band (A10)', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig);
  await hold(rig, watch, 0.2, 0, 2);
  expect(types(rig)).toEqual([]);
  await hold(rig, watch, 0.2, 3, 9);
  await hold(rig, watch, 0.5, 10, 20);
  await hold(rig, watch, 0.2, 21, 40); // Below both thresholds' raise, above the mildest one's clear.
  await hold(rig, watch, 0.05, 41, 50);
  expect(types(rig)).toEqual([
    ['alarm.raised', 4],
    ['alarm.raised', 2],
    ['alarm.cleared', 2],
  ]);
  expect(rig.domain.of(alarmAggregate).get('alarm:water:WL-001')).toMatchObject({
    ...{ state: 'returned', occurrence: 1, unit: 'm', title: t('Water') },
    place: { lon: 121, lat: 29, name: t('WL-001') },
  });
});

test('a value its source calls bad raises nothing and clears nothing; a doubtful one raises and does not clear (A13)', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig);
  await hold(rig, watch, 9.99, 0, 10, 'bad');
  expect(types(rig)).toEqual([]);
  await hold(rig, watch, 0.5, 11, 20, 'doubtful');
  await hold(rig, watch, 0, 21, 40, 'bad'); // The gauge drowned.
  await hold(rig, watch, 0, 41, 60, 'doubtful');
  expect(types(rig)).toEqual([['alarm.raised', 2]]);
});

test('a rule for some sensors does not speak of the others; an unknown sensor is nobody’s', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig);
  for (const id of ['RG-001', 'RG-002', 'AQ-001', 'XX-999']) watch.observe(id, { t: 1000, value: 90, quality: 'good' });
  await settled(rig);
  expect(subjectsOf(rig, 'alarm')).toEqual(['alarm:one-gauge:RG-001']);
});

test('after a restart it goes on from what is up: it does not raise again, and it clears', async () => {
  const rig = createDomainRig();
  const first = watching(rig);
  await hold(rig, first.watch, 0.5, 0, 5);
  const again = createDomainRig({ store: rig.store });
  const { watch } = watching(again);
  await hold(again, watch, 0.5, 6, 20);
  expect(types(again)).toEqual([['alarm.raised', 2]]);
  await hold(again, watch, 0.0, 21, 30);
  expect(types(again)).toEqual([
    ['alarm.raised', 2],
    ['alarm.cleared', 2],
  ]);
});

test('an alarm another station raised is not raised a second time here', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  await hold(a, watching(a).watch, 0.5, 0, 5);
  await b.learnFrom(a);
  await hold(b, watching(b).watch, 0.5, 0, 5);
  expect(types(b)).toEqual([['alarm.raised', 2]]);
});

test('what the disk refuses comes up all the same, is said to be unrecorded, and is written once the disk takes it', async () => {
  const rig = createDomainRig();
  const { watch, errors } = watching(rig);
  rig.store.refuse('SQLITE_FULL');
  await hold(rig, watch, 0.5, 0, 3);
  expect(rig.topics.alarms.items.get('alarm:water:WL-001')).toMatchObject({
    ...{ state: 'unacknowledged', level: 2, unrecorded: true },
  });
  expect(types(rig)).toEqual([]);
  await hold(rig, watch, 0, 4, 8);
  expect(rig.topics.alarms.items.get('alarm:water:WL-001')?.state).toBe('returned');
  rig.store.refuse(null);
  rig.ledger.tryDisk();
  expect(types(rig)).toEqual([
    ['alarm.raised', 2],
    ['alarm.cleared', 2],
  ]);
  expect(rig.topics.alarms.items.get('alarm:water:WL-001')?.unrecorded).toBeUndefined();
  expect(statesOf(rig)).toBe(foldedStates(rig));
  expect(errors).toEqual([]);
});

const one = (id: string, raise: number, clear: number): AlarmRule[] =>
  AlarmRules.parse({
    rules: [{ rule: id, name: t(id), sensor: { kind: 'water-level' }, levels: [{ level: 3, raise, clear, for: 3 }] }],
  }).rules;
async function meet(a: DomainRig, b: DomainRig): Promise<void> {
  await a.learnFrom(b);
  await b.learnFrom(a);
}
const WATER = 'alarm:water:WL-001';

test('A11 safe values at a station clear an alarm that another raised, and the other way round', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  const [atA, atB] = [watching(a), watching(b)];
  await hold(b, atB.watch, 0.05, 0, 5); // B has looked before A raised it.
  await hold(a, atA.watch, 0.5, 0, 5);
  await meet(a, b);
  await hold(b, atB.watch, 0.05, 6, 100); // A is away.
  expect(b.domain.of(alarmAggregate).get(WATER).state).toBe('returned');
  await meet(a, b);
  await hold(a, atA.watch, 0.05, 6, 100);
  expect(a.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'returned', occurrence: 1 });
  await hold(b, atB.watch, 0.5, 101, 110);
  await meet(a, b);
  await hold(a, atA.watch, 0.05, 101, 110);
  expect(a.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'returned', occurrence: 2 });
});

test('A11 another station with an older rule, restarted, does not clear an alarm that is beyond our threshold', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  const atA = watching(a, one('water', 0.05, 0.03));
  await hold(a, atA.watch, 0.08, 0, 5);
  await a.call('alarms.acknowledge', { alarm: WATER });
  await meet(a, b);
  const before = a.ledger.count;
  const again = createDomainRig({ station: 'B', store: b.store });
  const atB = watching(again, one('water', 0.12, 0.1));
  for (let second = 6; second < 60; second++) {
    await hold(again, atB.watch, 0.08, second, second);
    await hold(a, atA.watch, 0.08, second, second);
    await meet(a, again);
  }
  for (const rig of [a, again])
    expect(rig.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'acknowledged', occurrence: 1 });
  expect(a.ledger.count).toBe(before);
  await hold(again, atB.watch, 0.02, 60, 70);
  expect(again.domain.of(alarmAggregate).get(WATER).state).toBe('normal');
});

test('A11 an alarm the milder rule raised first stays up while ours is beyond, and is not raised anew', async () => {
  const a = createDomainRig({ station: 'A' });
  const b = createDomainRig({ station: 'B' });
  const atA = watching(a, one('water', 0.05, 0.03));
  const atB = watching(b, one('water', 0.12, 0.1));
  for (let second = 0; second < 60; second++) {
    const value = second < 10 ? 0.13 : 0.08;
    await hold(b, atB.watch, value, second, second);
    await meet(a, b);
    await hold(a, atA.watch, value, second, second);
    await meet(a, b);
  }
  for (const rig of [a, b])
    expect(rig.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'unacknowledged', occurrence: 1 });
  expect(types(a).map(([type]) => type)).toEqual(['alarm.raised', 'alarm.held']);
});

test('two rules of one id never start each other’s time anew', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig, [...one('water', 0.15, 0.1), ...one('water', 0.12, 0.08)]);
  await hold(rig, watch, 0.6, 0, 30);
  expect(rig.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'unacknowledged', level: 3 });
  const { count } = rig.ledger;
  await hold(rig, watch, 0.6, 31, 90);
  expect(rig.ledger.count).toBeLessThanOrEqual(count + 2);
  await hold(rig, watch, 0, 91, 100);
  expect(rig.domain.of(alarmAggregate).get(WATER).state).toBe('returned');
});

test('what is said while a decision is being written is acted upon when it is', async () => {
  const rig = createDomainRig();
  const [step] = one('water', 0.15, 0.1);
  const at = (level: number, raise: number) => ({ level: level as 1 | 4, raise, clear: raise / 2, for: 0 });
  const { watch } = watching(rig, [{ ...(step as AlarmRule), levels: [at(4, 0.15), at(1, 1)] }]);
  watch.observe('WL-001', { t: 1, value: 0.2, quality: 'good' });
  watch.observe('WL-001', { t: 2, value: 1.5, quality: 'good' });
  await settled(rig);
  await settled(rig);
  expect(rig.domain.of(alarmAggregate).get(WATER)).toMatchObject({ level: 1, value: 1.5 });
});

test('a forged occurrence at the end of all numbers leaves the sensor its alarm (A12)', async () => {
  const forger = createDomainRig({ station: 'Z' });
  const rig = createDomainRig();
  const forged = (type: string, body: object) => ({ type, subject: WATER, actor: 'x', body }) as never;
  const occurrence = Number.MAX_SAFE_INTEGER;
  await forger.domain.execute(() => [
    forged('alarm.raised', { ...finding(4), rule: 'water', occurrence }),
    forged('alarm.acknowledged', { occurrence }),
    forged('alarm.cleared', { occurrence, value: 0 }),
  ]);
  await rig.learnFrom(forger);
  const { watch } = watching(rig);
  await hold(rig, watch, 0.9, 0, 10);
  expect(rig.domain.of(alarmAggregate).get(WATER)).toMatchObject({ state: 'unacknowledged', level: 2, occurrence: 1 });
});

test('300 rules of 300 sensors: only those that watch a sensor are asked', async () => {
  const rig = createDomainRig();
  let asked = 0;
  const ids = Array.from({ length: 300 }, (_, i) => `S-${i}`);
  const many = ids.map((id, i) => ({ ...(one(`r${i}`, 1, 0.5)[0] as AlarmRule), sensor: { kind: 'many', ids: [id] } }));
  const domain: Pick<DomainRig['domain'], 'of' | 'execute'> = {
    ...rig.domain,
    of(aggregate) {
      const states = rig.domain.of(aggregate);
      return {
        ...states,
        get(id) {
          asked++;
          return states.get(id);
        },
      };
    },
  };
  const about = (id: string): WatchedSensor => ({ ...{ id, kind: 'many', unit: 'm', name: t(id), lon: 0, lat: 0 } });
  const watch = createRuleWatch({ rules: many, sensor: about, station: 'A', domain, onError: () => undefined });
  for (let i = 0; i < 10; i++) for (const id of ids) watch.observe(id, { t: i, value: 0, quality: 'good' });
  expect(asked).toBe(3000);
});

test('a rule of silence raises when it is told how long it has lasted, in minutes, and the first word of the sensor ends it', async () => {
  const rig = createDomainRig();
  const { rules: silent } = AlarmRules.parse({
    rules: [
      {
        ...{ rule: 'silent', name: t('Silent'), sensor: { kind: 'water-level' }, measure: 'silence' },
        levels: [
          { level: 4, raise: 15, clear: 1 },
          { level: 3, raise: 60, clear: 1 },
        ],
      },
    ],
  });
  const { watch } = watching(rig, silent);
  const at = rig.clock.now();
  watch.silent('WL-001', 15, at);
  await settled(rig);
  watch.silent('WL-001', 60, at + 2_700_000);
  watch.silent('RG-001', 60, at + 2_700_000);
  await settled(rig);
  expect(rig.domain.of(alarmAggregate).get('alarm:silent:WL-001')).toMatchObject({ level: 3, value: 60, unit: 'min' });
  watch.observe('WL-001', { t: at + 2_800_000, value: 0.3, quality: 'doubtful' });
  await settled(rig);
  expect(types(rig)).toEqual([
    ['alarm.raised', 4],
    ['alarm.raised', 3],
    ['alarm.cleared', 3],
  ]);
});

test('a rule of change raises when the value has risen so far in its time, whatever it is', async () => {
  const rig = createDomainRig();
  const { rules: rising } = AlarmRules.parse({
    rules: [
      {
        ...{ rule: 'rising', name: t('Rising'), sensor: { kind: 'water-level' }, measure: { change: 10 } },
        levels: [{ level: 3, raise: 0.2, clear: 0.05 }],
      },
    ],
  });
  const { watch } = watching(rig, rising);
  const minute = (at: number, value: number) => watch.observe('WL-001', { t: at * 60_000, value, quality: 'good' });
  for (const [at, value] of [
    [0, 5],
    [5, 5.1],
    [10, 5.15],
  ] as const)
    minute(at, value);
  await settled(rig);
  expect(types(rig)).toEqual([]);
  minute(15, 5.35);
  await settled(rig);
  expect(rig.domain.of(alarmAggregate).get('alarm:rising:WL-001')).toMatchObject({
    state: 'unacknowledged',
    unit: 'm/10min',
  });
  minute(30, 5.36);
  await settled(rig);
  expect(types(rig)).toEqual([
    ['alarm.raised', 3],
    ['alarm.cleared', 3],
  ]);
});
