import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { openHall } from '../support/openHall.ts';
import { createScratch } from '../support/scratch.ts';
import { until } from '../support/until.ts';
import { openWindow } from '../support/window.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

/** The underpass is dry until the drill begins, and under water from its first second on. */
const WET = `drill: wet
name: { zh: 积水, en: Wet }
seed: 1
sensors:
  - ids: [WL-001]
    curve: [[0, 0.05], [1, 0.6], [600, 0.6]]
seats: [{ station: A, seat: commander, departments: [emergency] }]
auto: { acknowledge: 600, start: 600, finish: 600 }
actions: [{ do: all-clear, station: A, seat: commander, at: 500, reason: over }]
expect: { steps: { total: 1, done: 0 }, departments: [emergency], conflicts: [], apart: 0, within: 600 }
`;

/** A hall whose live work is played, and the process ids of the simulators that it started so far. */
async function playedHall(dataDir: string) {
  const pids: number[] = [];
  const heard = new Writable({
    write(line, _, done) {
      const { pid, msg } = JSON.parse(String(line));
      if (msg === 'the simulator is ready') pids.push(pid);
      done();
    },
  });
  const drill = join(scratch.folder(), 'wet.yaml');
  writeFileSync(drill, WET);
  const hall = scratch.keep(
    await openHall({ dataDir, profile: 'drill', drill, log: pino({ level: 'info', base: null }, heard) }),
    (it) => it.close(),
  );
  return { duty: scratch.keep(await openWindow(hall, 'duty'), (it) => it.close()), pids };
}

test('a simulator that ends by itself is said on screen and started again: feeds find it where it was, the drill goes on, and what vanished stays so', async () => {
  const dataDir = scratch.folder();
  const { duty, pids } = await playedHall(dataDir);
  const said: string[] = [];
  duty.client.subscribe('notices', () => {
    const notice = duty.item('notices', 'simulator');
    if (notice && notice.text.en !== said.at(-1)) said.push(notice.text.en);
  });
  const { cameras } = JSON.parse(readFileSync(join(dataDir, 'simulator', 'cameras', 'cameras.json'), 'utf8'));
  const [{ id: camera, source }] = cameras;
  const asked = () => fetch(source).then(async (response) => void (await response.body?.cancel()));
  await duty.call('drill.start', {});
  await duty.call('cameras.setGone', { camera, gone: true });
  await duty.seeSensor('WL-001', ({ value }) => value !== null && value > 0.5);
  const before = await duty.seeStation(
    ({ feeds }) => feeds.length === 5 && feeds.every(({ received }) => received > 0),
  );

  process.kill(pids[0] ?? 0, 'SIGKILL');
  await until(() => pids.length === 2, { what: 'the next simulator', within: 30_000 });
  const back = Date.now();
  await duty.seeStation(
    ({ feeds }) =>
      before.feeds.every(({ id, received }) =>
        feeds.some((feed) => feed.id === id && feed.state === 'live' && feed.received > received),
      ),
    30_000,
  );
  await until(() => said.length === 2, { what: 'both notices' });
  expect(said).toEqual([
    expect.stringMatching(/^The simulator ended by itself \(SIGKILL\)/),
    expect.stringMatching(/plays again/),
  ]);
  const { value } = await duty.seeSensor('WL-001', ({ t }) => t > back + 1000);
  expect(value).toBeGreaterThan(0.5);
  await expect(asked()).rejects.toThrow();
  await duty.call('cameras.setGone', { camera, gone: false });
  await asked();
});
