import { setTimeout as delay } from 'node:timers/promises';
import { decodeObservations } from '../../../contract/observations.ts';
import type { BenchRow } from '../../../scripts/bench-report.ts';
import type { BigHall } from './hall.ts';
import { openRawWindow } from './rawWindow.ts';

/** `gauge-bytes`: what comes over the connection of a window that follows the gauges, for each gauge that changed. */
export async function gaugeBytes(hall: BigHall): Promise<BenchRow> {
  await hall.feed.burst(hall.effort.past);
  await hall.caughtUp();
  hall.feed.pace({ gauges: hall.effort.gauges, units: 0 });
  const window = await openRawWindow(hall, 'bench');
  window.followStreams('observations');
  await delay(hall.effort.settle);
  let changed = 0;
  let bytes = 0;
  let before = window.bytes;
  window.onPayload((payload) => {
    changed += decodeObservations(payload).count;
    // As far as the last whole frame: what came of the next is not counted.
    bytes += window.bytes - before;
    before = window.bytes;
  });
  await delay(hall.effort.measure);
  window.close();
  return {
    id: 'gauge-bytes',
    what: 'bytes to one window for one changed gauge',
    value: bytes / changed,
    unit: 'bytes',
    limit: { most: 24, of: 'value' },
  };
}
