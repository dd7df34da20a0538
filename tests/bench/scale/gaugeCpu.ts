import { setTimeout as delay } from 'node:timers/promises';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { BigHall, Busy } from './hall.ts';
import { ALL_TOPICS, openRawWindow } from './rawWindow.ts';

/**
 * `gauge-cpu`: how much of the time the hall's thread works while 10,000 gauges a second change, without and with windows. A hall that does
 * not keep up, or that the machine leaves no time, takes fewer; what is told is what it would work for all of them.
 */
export async function gaugeCpu(hall: BigHall): Promise<BenchRow[]> {
  const { settle, measure, gauges, windows: many } = hall.effort;
  hall.feed.pace({ gauges: 0, units: 0 });
  await hall.caughtUp();
  await delay(settle);
  const idle = await hall.busy(measure);
  hall.feed.pace({ gauges, units: 0 });
  await delay(settle);
  const alone = await hall.busy(measure);
  const windows = await Promise.all(Array.from({ length: many }, () => openRawWindow(hall, 'bench')));
  for (const window of windows) {
    window.follow(...ALL_TOPICS);
    window.followStreams('observations');
  }
  await delay(settle);
  const shown = await hall.busy(measure);
  for (const window of windows) window.close();
  const forAll = ({ percent, perSecond }: Busy) => {
    if (perSecond === 0) throw new Error('the hall takes no gauges at all');
    return percent * Math.max(1, gauges / perSecond);
  };
  const rows = (id: string, beside: string, busy: Busy, most: number): BenchRow[] => [
    {
      ...{ id, what: `hall thread for ${gauges} gauges a second, ${beside}`, value: forAll(busy), unit: '%' },
      ...{ ratio: forAll(busy) / idle.percent, against: idle.percent, limit: { most, of: 'value' } },
    },
    { id: `${id}-taken`, what: '  of them taken', value: (100 * busy.perSecond) / gauges, unit: '%' },
  ];
  return [...rows('gauge-cpu', 'no window', alone, 12), ...rows('gauge-cpu-10', `${many} windows`, shown, 25)];
}
