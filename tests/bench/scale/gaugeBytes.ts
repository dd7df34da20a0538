import { setTimeout as delay } from 'node:timers/promises';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { BigHall } from './hall.ts';
import { openRawWindow } from './rawWindow.ts';

/** `gauge-bytes`: what comes over the connection of a window that follows the gauges, for each gauge that changed. */
export async function gaugeBytes(hall: BigHall): Promise<BenchRow> {
  await hall.feed.burst(hall.effort.past);
  await hall.caughtUp();
  hall.feed.pace({ gauges: hall.effort.gauges, units: 0 });
  const window = await openRawWindow(hall, 'bench');
  window.follow('observations');
  await delay(hall.effort.settle);
  const texts: string[] = [];
  let listening = true;
  window.onText((text) => {
    if (listening) texts.push(text);
  });
  const before = window.bytes;
  await delay(hall.effort.measure);
  listening = false;
  const bytes = window.bytes - before;
  window.close();
  let changed = 0;
  for (const text of texts) {
    const frame = JSON.parse(text) as { t: string; set?: unknown[]; items?: unknown[] };
    changed += frame.set?.length ?? frame.items?.length ?? 0;
  }
  return {
    id: 'gauge-bytes',
    what: 'bytes to one window for one changed gauge',
    value: bytes / changed,
    unit: 'bytes',
    limit: { most: 24, of: 'value' },
  };
}
