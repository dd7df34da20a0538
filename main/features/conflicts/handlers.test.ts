import { expect, test } from 'vitest';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { launched } from '../../../tests/fakes/workedRig.ts';

test('a conflict is seen where it is, and only there', async () => {
  const a = await launched();
  const b = createDomainRig({ station: 'B' });
  await b.learnFrom(a);
  await a.call('incidents.setLevel', { incident: a.incident, level: 1, reason: 'worse' });
  await b.call('incidents.setLevel', { incident: a.incident, level: 4, reason: 'better' });
  await a.learnFrom(b);
  const conflict = a.shownIncident(a.incident)?.conflicts[0];
  expect(conflict?.values.map(({ value }) => value).sort()).toEqual(['1', '4']);
  const seen = (subject: string, id = conflict?.id ?? '') => a.call('conflicts.seen', { subject, conflict: id });
  await expect(seen('wall:north')).rejects.toMatchObject({ code: 'not-found' });
  await expect(seen(a.run)).rejects.toMatchObject({ code: 'refused' });
  await expect(seen(a.alarm, 'incident~X')).rejects.toMatchObject({ code: 'refused' });
  await seen(a.incident);
  expect(a.shownIncident(a.incident)?.conflicts[0]?.seen).toMatchObject({ actor: 'commander' });
});
