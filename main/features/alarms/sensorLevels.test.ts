import { expect, test } from 'vitest';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { createDomainRig, finding } from '../../../tests/fakes/domainRig.ts';
import { followSensorLevels } from './sensorLevels.ts';

test('a sensor stands at the worst of its alarms that are up, after a restart as before', async () => {
  const rig = createDomainRig();
  const told: [string, number | null][] = [];
  followSensorLevels(rig.domain, (sensor, level) => told.push([sensor, level]));
  expect(told).toEqual([]);
  await rig.raise(4);
  const other = 'alarm:rising-fast:WL-001';
  await rig.domain.execute(() =>
    decideAlarm(rig.domain.of(alarmAggregate).get(other), {
      do: 'raise',
      finding: finding(2),
      actor: 'rule.rising-fast',
    }),
  );
  await rig.raise(3, 'WL-002');
  await rig.call('alarms.acknowledge', { alarm: other });
  expect(told).toEqual([
    ['WL-001', 4],
    ['WL-001', 2],
    ['WL-002', 3],
    ['WL-001', 2],
  ]);
  const again: [string, number | null][] = [];
  followSensorLevels(createDomainRig({ store: rig.store }).domain, (sensor, level) => again.push([sensor, level]));
  expect(again).toEqual([
    ['WL-001', 2],
    ['WL-002', 3],
  ]);
  await rig.domain.execute(() =>
    decideAlarm(rig.domain.of(alarmAggregate).get(other), { do: 'clear', value: 0, actor: 'rule' }),
  );
  expect(told.at(-1)).toEqual(['WL-001', 4]);
  await rig.clear();
  expect(told.at(-1)).toEqual(['WL-001', null]);
});
