import { expect, test } from 'vitest';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import { fakeIncidents } from '../../../tests/fakes/hallData.ts';
import { candidates, ruleOf } from './candidates.ts';

const HOUR = 3600_000;
const NOW = 100 * HOUR;
const row = (id: string, lon: number, openedAt: number, alarm: string | null = null): IncidentRow => {
  const [it] = fakeIncidents(NOW);
  if (!it) throw new Error('no incident');
  return { ...it, id, alarm, openedAt, notes: 0, unseen: 0, place: { lon, lat: 29, name: { zh: '', en: '' } } };
};
const about = { id: 'alarm:rain:RG-1', place: { lon: 121, lat: 29 }, rule: 'rain', at: NOW };

test('near and lately, or near and of the same rule, comes first; then the nearest', () => {
  const open = [
    row('far', 122, NOW - HOUR, 'alarm:rain:RG-9'),
    row('old', 121.001, NOW - 9 * HOUR, 'alarm:gas:GS-1'),
    row('old-rain', 121.02, NOW - 9 * HOUR, 'alarm:rain:RG-2'),
    row('near', 121.01, NOW - HOUR),
  ];
  expect(candidates(about, open).map(({ incident, fits, sameRule }) => [incident.id, fits, sameRule])).toEqual([
    ['near', true, false],
    ['old-rain', true, true],
    ['old', false, false],
    ['far', false, true],
  ]);
});

test('an incident is no candidate for itself, and has the rule of the alarm it was opened for', () => {
  expect(candidates({ ...about, id: 'a' }, [row('a', 121, NOW)])).toEqual([]);
  expect([ruleOf('alarm:rain:RG-1'), ruleOf(null), ruleOf('rain')]).toEqual(['rain', null, null]);
});
