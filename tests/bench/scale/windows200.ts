import { setTimeout as delay } from 'node:timers/promises';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { BigHall } from './hall.ts';
import { ALL_TOPICS, openRawWindow } from './rawWindow.ts';

/** Windows of one desk share a seat. */
const SEATS = 20;
/** Share of the units that move each second. */
const MOVING = 0.1;
/** A call that has no answer after this is lost: a window gives up on it. */
const ANSWER_MS = 10_000;

/**
 * `200`: so many windows follow everything and call something each second, while gauges and units change. Those that the hall puts out,
 * and the calls that nobody answers. A window that is not let in counts as put out.
 */
export async function windows200(hall: BigHall): Promise<BenchRow[]> {
  hall.feed.pace({ gauges: hall.effort.gauges, units: hall.effort.units * MOVING });
  const opened = await Promise.allSettled(
    Array.from({ length: hall.effort.crowd }, (_, i) => openRawWindow(hall, `bench-${i % SEATS}`)),
  );
  const windows = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const turnedAway = opened.length - windows.length;
  for (const window of windows) {
    window.follow(...ALL_TOPICS);
    window.followStreams('observations', 'units');
  }
  const unanswered = () => windows.reduce((sum, window) => sum + window.unanswered, 0);
  let calls = 0;
  for (let second = 0; second < hall.effort.stay; second++) {
    for (const [i, window] of windows.entries()) {
      if (window.putOut !== undefined) continue;
      calls++;
      if (i % 10 === 0) window.call('sensors.directory', {});
      else window.call('seat.select', { selection: null });
    }
    await delay(1000);
  }
  const { percent } = await hall.busy(1000);
  for (const end = performance.now() + ANSWER_MS; unanswered() > 0 && performance.now() < end; ) await delay(50);
  const putOut = turnedAway + windows.filter((window) => window.putOut !== undefined).length;
  const lost = unanswered();
  for (const window of windows) window.close();
  const limit = { most: 0, of: 'value' } as const;
  return [
    { id: '200-put-out', what: `of ${hall.effort.crowd} windows, put out`, value: putOut, unit: 'windows', limit },
    {
      id: '200-lost',
      what: `of ${calls.toLocaleString('en')} calls, answers lost`,
      value: lost,
      unit: 'answers',
      limit,
    },
    { id: '200-cpu', what: '  hall thread meanwhile', value: percent, unit: '%' },
  ];
}
