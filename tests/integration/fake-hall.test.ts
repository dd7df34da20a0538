import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { methods, queries, type TopicName, topics } from '../../contract/index.ts';
import { createFakeHall } from '../fakes/hallClient.ts';
import type { FakePlan, Scenario } from '../fakes/hallData.ts';

const plan: FakePlan = parse(
  readFileSync(new URL('../../resources/plans/urban-flooding.yaml', import.meta.url), 'utf8'),
);
const camera = {
  id: 'CAM-001',
  name: { zh: '东', en: 'East' },
  lon: 121.9,
  lat: 29.1,
  height: 6,
  bearing: 90,
  fov: 60,
  range: 150,
  sub: false,
};
const hall = (scenario: Scenario) =>
  createFakeHall({ cameras: [camera], units: [], plans: [plan] }, scenario, 'duty', () => 1_800_000_000_000);

describe('the fake hall that the screen is drawn with', () => {
  it.each(['busy', 'calm', 'alone', 'recovery', 'ended'] as const)('keeps the contract: %s', (scenario) => {
    const fake = hall(scenario);
    for (const topic of Object.keys(topics) as TopicName[]) {
      for (const [key, item] of fake.items(topic)) {
        const read = topics[topic].item.safeParse(item);
        expect(read.success, `${topic} ${key}: ${read.error?.message}`).toBe(true);
      }
    }
    const { rows } = fake.known('incidents.list', { state: 'open' });
    expect(rows?.length ?? 0).toBeGreaterThan(scenario === 'calm' ? -1 : 0);
    for (const row of rows ?? []) {
      expect(queries['incidents.list'].row.parse(row)).toEqual(row);
      for (const one of fake.known('incidents.one', { id: row.id }).rows ?? [])
        expect(queries['incidents.one'].row.parse(one)).toEqual(one);
    }
  });

  it('answers in the contract’s shapes, from alarm to all-clear', async () => {
    const fake = hall('calm');
    fake.put('alarms', 'a', { ...[...hall('busy').items('alarms').values()][1], id: 'a', incident: null } as never);
    const { incident } = await fake.call('incidents.open', { alarm: 'a' });
    const offer = await fake.call('plans.offer', { incident });
    expect(methods['plans.offer'].result.safeParse(offer).success).toBe(true);
    const first = offer.plans[0];
    const { run } = await fake.call('runs.launch', { incident, plan: first?.id ?? '', version: first?.version ?? 0 });
    await fake.call('runs.acknowledge', { run, step: 'verify' });
    await fake.call('runs.start', { run, step: 'verify' });
    await fake.call('runs.finish', { run, step: 'verify' });
    expect(fake.items('runs').get(run)?.done).toBe(1);
    expect(
      fake
        .items('runs')
        .get(run)
        ?.steps.find((step) => step.id === 'activate')?.state,
    ).toBe('ready');
    await expect(fake.call('runs.allClear', { run, reason: 'over' })).rejects.toThrow(/still open/);
    await fake.call('runs.allClear', { run, reason: 'over', force: true });
    expect(fake.items('runs').get(run)?.state).toBe('ended');
  });
});
