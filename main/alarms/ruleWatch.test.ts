import { expect, test } from 'vitest';
import { AlarmRules } from '../../core/alarms/rules.ts';
import { createDomainRig, type DomainRig } from '../../tests/fakes/domainRig.ts';
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

function watching(rig: DomainRig) {
  const errors: [unknown, string][] = [];
  const watch = createRuleWatch({
    rules: () => rules,
    sensor: (id) => SENSORS.get(id),
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
    ['alarm.cleared', null],
  ]);
  expect(rig.domain.alarm('alarm:water:WL-001')).toMatchObject({
    ...{ state: 'returned', occurrence: 1, unit: 'm', title: t('Water') },
    place: { lon: 121, lat: 29, name: t('WL-001') },
  });
});

test('a value its source calls bad raises nothing and clears nothing; a doubtful one counts (O7)', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig);
  await hold(rig, watch, 9.99, 0, 10, 'bad');
  expect(types(rig)).toEqual([]);
  await hold(rig, watch, 0.5, 11, 20, 'doubtful');
  await hold(rig, watch, 0, 21, 40, 'bad'); // The gauge drowned.
  expect(types(rig)).toEqual([['alarm.raised', 2]]);
});

test('a rule for some sensors does not speak of the others; an unknown sensor is nobody’s', async () => {
  const rig = createDomainRig();
  const { watch } = watching(rig);
  for (const id of ['RG-001', 'RG-002', 'AQ-001', 'XX-999']) watch.observe(id, { t: 1000, value: 90, quality: 'good' });
  await settled(rig);
  expect([...rig.domain.alarms()].map(([id]) => id)).toEqual(['alarm:one-gauge:RG-001']);
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
    ['alarm.cleared', null],
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
    ['alarm.cleared', null],
  ]);
  expect(rig.topics.alarms.items.get('alarm:water:WL-001')?.unrecorded).toBeUndefined();
  expect(rig.domain.rebuiltFingerprint()).toBe(rig.domain.fingerprint());
  expect(errors).toEqual([]);
});
