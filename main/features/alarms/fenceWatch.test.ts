import { expect, test } from 'vitest';
import { AlarmRule } from '../../../core/alarms/rules.ts';
import { createDomainRig, type DomainRig } from '../../../tests/fakes/domainRig.ts';
import { createFenceWatch } from './fenceWatch.ts';

const SCHOOL = { lon: 121.9, lat: 29.15 };
const rule = (id: string, more: object = {}) =>
  AlarmRule.parse({
    ...{
      rule: id,
      name: { zh: '驶入', en: 'Came in' },
      unit: { kind: 'truck' },
      area: { around: 'SCHOOL', metres: 200 },
    },
    levels: [{ level: 3, raise: 0, clear: -20 }],
    ...more,
  });
const OUT = { direction: 'low', levels: [{ level: 2, raise: 0, clear: 20 }] };

function watching(rig: DomainRig, rules: readonly AlarmRule[]) {
  const watch = createFenceWatch({
    rules,
    units: [
      { id: 'T-1', kind: 'truck', callSign: '运 01' },
      { id: 'B-1', kind: 'boat', callSign: '艇 01' },
    ],
    at: (id) => (id === 'SCHOOL' ? SCHOOL : undefined),
    ...{ station: rig.station, domain: rig.domain },
    onError: (error) => expect.unreachable(String(error)),
  });
  let t = 0;
  /** So many metres east of the school, ten seconds later. */
  const at = async (metres: number, unit = 'T-1') => {
    t += 10_000;
    watch.moved(unit, { t, lat: SCHOOL.lat, lon: SCHOOL.lon + metres / 97_110 });
    await rig.domain.execute(() => []);
  };
  return { watch, at };
}
const told = (rig: DomainRig) => [...rig.ledger.all()].map(({ type, subject }) => `${type} ${subject}`);

test('a unit that goes in raises one alarm where it is, jitter and all, and clears it beyond the dead band', async () => {
  const rig = createDomainRig();
  const { at, watch } = watching(rig, [rule('in')]);
  for (const metres of [900, 190, 205, 195, 215]) await at(metres);
  await at(100, 'B-1');
  expect(told(rig)).toEqual(['alarm.raised alarm:in:T-1']);
  const alarm = rig.topics.alarms.items.get('alarm:in:T-1');
  expect(alarm).toMatchObject({ source: { kind: 'unit', id: 'T-1' }, unit: 'm', place: { name: { zh: '运 01' } } });
  expect(alarm?.value).toBeCloseTo(10, 0);
  await at(5000);
  expect(told(rig)).toEqual(['alarm.raised alarm:in:T-1', 'alarm.cleared alarm:in:T-1']);
  expect(watch.units.map(({ id }) => id)).toEqual(['T-1']);
  expect([watch.isWatched('in', 'T-1'), watch.isWatched('in', 'B-1'), watch.isWatched('x', 'T-1')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a unit that leaves where it is to be is told, however far it is, and only once', async () => {
  const rig = createDomainRig();
  const { at } = watching(rig, [rule('out', OUT)]);
  for (const metres of [0, 100, 40_000, 90_000, 150]) await at(metres);
  expect(told(rig)).toEqual(['alarm.raised alarm:out:T-1', 'alarm.cleared alarm:out:T-1']);
});

test('what stood before the start is cleared by the first position, wherever that is', async () => {
  const before = createDomainRig();
  await watching(before, [rule('in')]).at(0);
  const rig = createDomainRig({ store: before.store });
  await watching(rig, [rule('in')]).at(70_000);
  expect(told(rig)).toEqual(['alarm.raised alarm:in:T-1', 'alarm.cleared alarm:in:T-1']);
});

test('what another station raised of a unit that is far away is cleared here', async () => {
  const [a, b] = [createDomainRig({ station: 'A' }), createDomainRig({ station: 'B' })];
  const here = watching(b, [rule('in')]);
  for (const metres of [9000, 9000]) await here.at(metres);
  await watching(a, [rule('in')]).at(0);
  await b.learnFrom(a);
  await here.at(9000);
  expect(told(b)).toEqual(['alarm.raised alarm:in:T-1', 'alarm.cleared alarm:in:T-1']);
});
