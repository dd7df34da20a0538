import { expect, test } from 'vitest';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { foreignOf } from './foreignOf.ts';

test('L9 an incident about which another version wrote something says so, from then on and after a restart', async () => {
  const rig = createDomainRig();
  const { incident } = await rig.call('incidents.open', { alarm: await rig.raise(2) });
  const of = ({ views }: typeof rig, subject: string) => foreignOf(views).atOnce({ subject }).rows;
  expect(of(rig, incident)).toEqual([]);
  const odd = (type: string) => ({ type, subject: incident, actor: 'x', body: {} });
  await rig.domain.execute(() => [odd('incident.merged'), odd('incident.merged'), odd('incident.split')]);
  const said = [{ subject: incident, count: 3, types: ['incident.merged', 'incident.split'] }];
  expect(of(rig, incident)).toEqual(said);
  expect(of(rig, 'incident:other')).toEqual([]);
  rig.views.flush();
  expect(of(createDomainRig({ store: rig.store, place: rig.place }), incident)).toEqual(said);
});
