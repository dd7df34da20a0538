import { createDomainRig, type DomainRig } from './domainRig.ts';

/** A station where the water alarm became an incident. */
export async function opened(level: 1 | 2 | 3 | 4 = 2): Promise<DomainRig & { alarm: string; incident: string }> {
  const rig = createDomainRig();
  const alarm = await rig.raise(level);
  const { incident } = await rig.call('incidents.open', { alarm });
  return { ...rig, alarm, incident };
}

/** The same, with the plan of the test launched. */
export async function launched() {
  const rig = await opened();
  const { run } = await rig.call('runs.launch', { incident: rig.incident, plan: 'test-flood', version: 2 });
  return { ...rig, run };
}
