import { expect, test } from 'vitest';
import type { DrillScript } from '../../../core/drills/script.ts';
import { createFakeClock } from '../../../tests/fakes/clock.ts';
import { createPlay } from './play.ts';

const curve = (...points: [number, number][]): DrillScript['sensors'] => [{ ids: ['WL-001'], curve: points, noise: 0 }];
const inject = (at: number, en: string): DrillScript['injects'][number] => ({ at, text: { zh: '', en } });

function play(script: Partial<Parameters<typeof createPlay>[0]['script']>, more: { startAfter?: number } = {}) {
  const clock = createFakeClock();
  const seen: string[] = [];
  const said = { begin: async () => void seen.push('begin') };
  const it = createPlay({
    script: { sensors: curve([0, 0], [10, 1]), injects: [], ...script },
    ...{ clock, byHand: true, startAfter: more.startAfter, begin: () => said.begin() },
    onInject: ({ text }) => void seen.push(text.en),
    onChange: () => void seen.push(it.state().state),
    failed: (error) => void seen.push(`failed: ${(error as Error).message}`),
  });
  return { clock, seen, said, it };
}

test('a drill begins when the simulator has, tells its injects in their second, and is over with the last of its curves', async () => {
  const { clock, seen, it } = play({ injects: [inject(0, 'first'), inject(4, 'then')] });
  expect(it.state()).toEqual({ state: 'ready', second: 0 });
  await it.start();
  await clock.advance(3_900);
  expect([it.state(), seen]).toEqual([{ state: 'running', second: 3.9 }, ['begin', 'running', 'first']]);
  await clock.advance(6_200);
  expect(seen).toEqual(['begin', 'running', 'first', 'then', 'ended']);
  await clock.advance(60_000);
  expect(it.state()).toEqual({ state: 'ended', second: 10 });
});

test('it is begun again from its beginning, also while it runs', async () => {
  const { clock, seen, it } = play({ injects: [inject(2, 'told')] });
  await it.start();
  await clock.advance(3_000);
  await it.start();
  expect(it.state()).toEqual({ state: 'running', second: 0 });
  await clock.advance(12_000);
  expect(seen).toEqual(['begin', 'running', 'told', 'begin', 'running', 'told', 'ended']);
});

test('people who play have the time that the script allows for them', async () => {
  const { clock, seen, it } = play({ injects: [inject(6, 'after')], handsOn: { holdAt: 5, for: 100 } });
  await it.start();
  await clock.advance(100_000);
  expect(seen).not.toContain('after');
  await clock.advance(6_250);
  expect(seen).toContain('after');
});

test('by itself after so long, or not at all once somebody began it; a simulator that does not begin leaves it ready', async () => {
  const auto = play({}, { startAfter: 20 });
  await auto.clock.advance(20_000);
  expect(auto.it.state().state).toBe('running');
  const byHand = play({}, { startAfter: 20 });
  await byHand.it.start();
  await byHand.clock.advance(30_000);
  expect(byHand.seen).toEqual(['begin', 'running', 'ended']);
  const dead = play({});
  dead.said.begin = () => Promise.reject(new Error('no answer'));
  await expect(dead.it.start()).rejects.toThrow('no answer');
  expect(dead.it.state()).toEqual({ state: 'ready', second: 0 });
});
