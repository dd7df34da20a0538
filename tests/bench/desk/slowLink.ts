import { setTimeout as delay } from 'node:timers/promises';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import { openHall } from '../../support/openHall.ts';
import { createScratch } from '../../support/scratch.ts';
import { openSlowLink } from '../../support/slowLink.ts';
import { until } from '../../support/until.ts';
import { openWindow, type Window } from '../../support/window.ts';

const LINK = { bitsPerSecond: 1_600_000, delayMs: 150 };
/** Between two decisions. */
const EVERY_MS = 500;
/** For as long the window is left to itself, at most. */
const IDLE_SECONDS = 30;
/** A decision that is not there after this is lost. */
const LOST_MS = 60_000;

/**
 * `slow-link`: the drill city drives, a map is open in a window over 1.6 Mbit/s with 150 ms each way, and another window decides twice a second. How
 * long until the decision is there, in the 99th of a hundred. `slow-link/2`: what that window costs while nobody does anything.
 */
export async function slowLink(seconds: number): Promise<BenchRow[]> {
  const scratch = createScratch();
  try {
    const hall = scratch.keep(
      await openHall({ dataDir: scratch.folder(), profile: 'drill', drillByHand: true }),
      (it) => it.close(),
    );
    const link = scratch.keep(await openSlowLink({ port: Number(new URL(hall.url).port) }, LINK), (it) => it.close());
    const near = scratch.keep(await openWindow(hall, 'commander'), (it) => it.close());
    await near.seeStation((view) => view.feeds.some(({ state }) => state === 'live'), 60_000);
    const far = scratch.keep(
      await openWindow({ url: `http://127.0.0.1:${link.port}`, token: hall.token }, 'traffic'),
      (it) => it.close(),
    );
    let units = 0;
    far.client.bulk('units', {}, () => units++);
    await until(() => units > 10, { within: 60_000, what: 'units over the slow link' });

    const idle = Math.min(IDLE_SECONDS, seconds);
    const before = link.received;
    await delay(idle * 1000);
    const bytes = (link.received - before) / idle;
    return [
      {
        id: 'slow-link',
        what: `a decision at another window over 1.6 Mbit/s, p99 in ${seconds} s`,
        value: await decisions(near, far, seconds),
        unit: 'ms',
        limit: { most: 1000, of: 'value' },
      },
      {
        id: 'slow-link/2',
        what: 'an idle window with a map, a second',
        value: bytes,
        unit: 'bytes',
        limit: { most: 20_000, of: 'value' },
      },
    ];
  } finally {
    await scratch.clear();
  }
}

/** @returns ms until a decision was at the far window, p99 */
async function decisions(near: Window, far: Window, seconds: number): Promise<number> {
  const { incident } = await near.call('incidents.openByHand', {
    ...{ type: 'urban-flooding', title: { zh: '积水', en: 'Flooding' }, level: 3, words: '' },
    place: { lon: 121.92, lat: 29.17, name: { zh: '滨河路', en: 'Riverside Road' } },
    caller: { name: '', phone: '' },
  });
  const began: number[] = [];
  const took: number[] = [];
  const first = (await far.seeIncident(incident, () => true)).changes;
  const stop = far.client.query('incidents.one', { id: incident }, ({ rows }) => {
    const changes = (rows?.[0]?.changes ?? first) - first;
    while (took.length < changes) took.push(performance.now() - (began[took.length] ?? 0));
  });
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    began.push(performance.now());
    await near.call('incidents.setLevel', { incident, level: began.length % 2 === 0 ? 3 : 2, reason: 'measured' });
    await delay(EVERY_MS);
  }
  await until(() => took.length === began.length, { within: LOST_MS, what: 'the last decision at the far window' });
  stop();
  took.sort((a, b) => a - b);
  return took[Math.ceil(0.99 * took.length) - 1] ?? LOST_MS;
}
