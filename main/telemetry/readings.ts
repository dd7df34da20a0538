import { type ObservationColumns, QUALITY } from '../../contract/observations.ts';
import type { Level } from '../../core/words.ts';
import type { ObservationReport } from '../feeds/feed.ts';

/** Values kept of a sensor for its curve on the screen. */
export const RECENT = 120;

/** The newest measurement of every sensor, in columns by the directory's order, and its last 120. */
export interface Readings {
  readonly columns: ObservationColumns;
  /** Takes a report as the newest of its sensor. @param index the sensor's place in the directory. */
  take(index: number, report: ObservationReport): void;
  isHeard(index: number): boolean;
  /** Level at which a rule holds the sensor's value now; shown beside the value. @returns false when it was so already */
  setLevel(index: number, level: Level | null): boolean;
  /** The last values, oldest first, at most 120: [wall ms, value]. */
  recent(index: number): [number, number][];
}

/** The last values of one sensor, in a ring. */
interface Curve {
  /** t and value in turn. */
  readonly ring: Float64Array;
  /** Place of the oldest, and how many there are. */
  first: number;
  count: number;
}

export function createReadings(count: number): Readings {
  const value = new Float64Array(count);
  const t = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const quality = new Uint8Array(count);
  const level = new Uint8Array(count);
  const curves: (Curve | undefined)[] = new Array(count).fill(undefined);

  const isHeard = (i: number) => t[i] !== undefined && t[i] !== Number.NEGATIVE_INFINITY;

  function keep(i: number, report: ObservationReport): void {
    const curve = curves[i] ?? { ring: new Float64Array(2 * RECENT), first: 0, count: 0 };
    curves[i] = curve;
    const { ring } = curve;
    const place = (n: number) => 2 * ((curve.first + n) % RECENT);
    // The curve is in order of time; what lies after the newest was said by a clock that has been set back since.
    while (curve.count > 0 && (ring[place(curve.count - 1)] as number) >= report.t) curve.count--;
    if (curve.count === RECENT) curve.first = (curve.first + 1) % RECENT;
    else curve.count++;
    const at = place(curve.count - 1);
    ring[at] = report.t;
    ring[at + 1] = report.value;
  }

  return {
    columns: { value, t, quality, level },
    take(i, report) {
      if (i < 0 || i >= count) return;
      quality[i] = QUALITY.indexOf(report.quality);
      // No measurement: the last one stands beside what its source now says of it (O7).
      if (report.quality === 'bad' && isHeard(i)) return;
      value[i] = report.value;
      t[i] = report.t;
      if (report.quality !== 'bad') keep(i, report);
    },
    isHeard,
    setLevel(i, next) {
      if (i < 0 || i >= count || level[i] === (next ?? 0)) return false;
      level[i] = next ?? 0;
      return true;
    },
    recent(i) {
      const curve = curves[i];
      if (!curve) return [];
      return Array.from({ length: curve.count }, (_, n): [number, number] => {
        const at = 2 * ((curve.first + n) % RECENT);
        return [curve.ring[at] as number, curve.ring[at + 1] as number];
      });
    },
  };
}
