import { MOVING_EVERY_MS } from '../../contract/units.ts';
import type { Positions } from './positions.ts';
import { createRounds } from './rounds.ts';
import { type SeldomWatcher, seldom } from './seldom.ts';

/** Between two ticks. */
export const UNITS_MS = 200;
/** Windows hear at least this often that all is as it was: a map that hears nothing says so. */
const SILENT_MS = 1000;
const MOVING_TICKS = MOVING_EVERY_MS / UNITS_MS;
/** A unit that stands and reports is told of this seldom, so that its report does not look old. */
const STANDING_TICKS = 5 * MOVING_TICKS;

/** One window that follows the units. */
export type UnitsWatcher = Omit<SeldomWatcher, 'only'>;

/** Makes `units` payloads (contract/units.ts) of those that windows have to hear of. */
export interface UnitFrames {
  /** A report of a unit was taken. */
  reported(index: number): void;
  /** Sends what is known at once, then what is due at each tick. Answers how to stop. */
  watch(watcher: UnitsWatcher): () => void;
  tick(): void;
}

/**
 * A unit that reported is told of at once when its status is another or it begins to move, every two seconds while it moves, which a map
 * draws evenly, and every ten while it stands. Who is due is the same for all windows, so that they share frames.
 *
 * @param bytesPerSecond what frames to all windows may come to; with more, they come more seldom
 */
export function createUnitFrames(
  count: number,
  { columns, frame }: Pick<Positions, 'columns' | 'frame'>,
  bytesPerSecond: number,
  clock: { monotonic(): number },
): UnitFrames {
  const rounds = createRounds(count, (indices, whole) => frame(indices, whole, clock.monotonic()));
  const known = new Uint8Array(count);
  /** Reported since it was told of last. */
  const pending = new Uint8Array(count);
  const toldLon = new Float64Array(count);
  const toldLat = new Float64Array(count);
  const toldStatus = new Uint8Array(count);
  const toldIn = new Float64Array(count);
  /** Number of the tick. */
  let tick = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  let notBefore = Number.NEGATIVE_INFINITY;

  function remember(i: number): void {
    pending[i] = 0;
    toldLon[i] = columns.lon[i] as number;
    toldLat[i] = columns.lat[i] as number;
    toldStatus[i] = columns.status[i] as number;
  }

  /** The first frame tells of all; from then on those that move are spread over the ticks, lest all are told of in the same. */
  function begin(): void {
    tick = Math.round(clock.monotonic() / UNITS_MS);
    for (let i = 0; i < count; i++) {
      remember(i);
      toldIn[i] = tick - (i % MOVING_TICKS);
    }
  }

  function isDue(i: number): boolean {
    if (columns.status[i] !== toldStatus[i]) return true;
    const since = tick - (toldIn[i] as number);
    if (columns.lon[i] === toldLon[i] && columns.lat[i] === toldLat[i]) return since >= STANDING_TICKS;
    return since >= MOVING_TICKS;
  }

  function tell(i: number): void {
    remember(i);
    toldIn[i] = tick;
    rounds.changed(i);
  }

  return {
    reported(i) {
      pending[i] = 1;
      if (known[i] === 1) return;
      known[i] = 1;
      remember(i);
      rounds.changed(i);
    },
    watch(watcher) {
      if (!rounds.watched()) begin();
      return rounds.watch(seldom(clock, { ...watcher, only: null }, UNITS_MS));
    },
    tick() {
      const now = clock.monotonic();
      if (!rounds.watched() || now < notBefore) return;
      tick = Math.round(now / UNITS_MS);
      for (let i = 0; i < count; i++) if (pending[i] === 1 && isDue(i)) tell(i);
      const bytes = rounds.tick(now - sentAt >= SILENT_MS);
      if (bytes === 0) return;
      sentAt = now;
      notBefore = now + (1000 * bytes) / bytesPerSecond;
    },
  };
}
