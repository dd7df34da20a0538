import type { Alarm } from '../../../core/alarms/alarm.ts';
import type { Clock } from '../../clock.ts';

/** Another station's shelving is ended here only this long after its own station should have ended it. */
const GRACE_MS = 10_000;

/**
 * How long shelved alarms stay so (A7). The event carries minutes; every station measures them by its own clock from when it saw the
 * event, because another's may be off. What ends them and what windows show both ask here, so that they agree.
 */
export interface Shelving {
  /**
   * Looks whether an alarm is shelved. What was not seen before counts from now. At the start of a hall (`its-event`) one's own counts
   * from the event's time, and another station's from the start: its clock is not known, and it ends its own in time.
   */
  look(alarm: Alarm, since: 'now' | 'its-event'): void;
  /** This station's own wall time at which an alarm comes back; null while it is not shelved. */
  until(alarm: string): number | null;
  /** Which shelving, by the id of the event that began it, and the monotonic time at which it is ended from here; null without one. */
  end(alarm: string): { shelving: string; due: number } | null;
}

export function createShelving(clock: Clock, ownChains: () => readonly string[]): Shelving {
  /** `end`: monotonic time, which may lie before the start. */
  const shelved = new Map<string, { event: string; end: number; own: boolean }>();
  return {
    look({ id, shelved: found }, since) {
      if (!found) {
        shelved.delete(id);
        return;
      }
      if (shelved.get(id)?.event === found.by.event) return;
      const own = ownChains().includes(found.by.station);
      const waited = since === 'its-event' && own ? Math.max(0, clock.now() - found.by.at) : 0;
      const end = clock.monotonic() - waited + found.minutes * 60_000;
      shelved.set(id, { event: found.by.event, end, own });
    },
    until(alarm) {
      const found = shelved.get(alarm);
      return found ? Math.max(0, Math.round(clock.now() - clock.monotonic() + found.end)) : null;
    },
    end(alarm) {
      const found = shelved.get(alarm);
      return found ? { shelving: found.event, due: found.end + (found.own ? 0 : GRACE_MS) } : null;
    },
  };
}
