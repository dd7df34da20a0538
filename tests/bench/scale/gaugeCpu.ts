import { setTimeout as delay } from 'node:timers/promises';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { BigHall } from './hall.ts';
import { ALL_TOPICS, openRawWindow } from './rawWindow.ts';

/** `gauge-cpu`: how much of the time the hall's thread works while 10,000 gauges a second change, without and with windows. */
export async function gaugeCpu(hall: BigHall): Promise<BenchRow[]> {
  const { settle, measure, gauges, windows: many } = hall.effort;
  hall.feed.pace({ gauges: 0, units: 0 });
  await delay(settle);
  const idle = await hall.busy(measure);
  hall.feed.pace({ gauges, units: 0 });
  await delay(settle);
  const alone = await hall.busy(measure);
  const windows = await Promise.all(Array.from({ length: many }, () => openRawWindow(hall, 'bench')));
  for (const window of windows) window.follow(...ALL_TOPICS);
  await delay(settle);
  const shown = await hall.busy(measure);
  for (const window of windows) window.close();
  const row = (id: string, what: string, value: number, most: number): BenchRow => ({
    ...{ id, what, value, unit: '%', limit: { most, of: 'value' } },
    ratio: value / idle,
    against: idle,
  });
  return [
    row('gauge-cpu', `hall thread at ${gauges} gauges a second, no window`, alone, 12),
    row('gauge-cpu-10', `hall thread at ${gauges} gauges a second, ${many} windows`, shown, 25),
  ];
}
