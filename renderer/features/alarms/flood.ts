import type { AlarmView } from '../../../contract/features/alarms.ts';

/** EEMUA 191, ISA-18.2 §16.5: more than ten alarms in ten minutes are a flood; it is over when fewer than five are. */
const SPAN_MS = 600_000;
const BEGINS_ABOVE = 10;
const ENDS_BELOW = 5;

/** What has been raised in the last ten minutes. */
export interface Flood {
  /** When each raising was, wall ms, by alarm and occurrence: an alarm that has gone meanwhile counts, too. */
  readonly raised: ReadonlyMap<string, number>;
  readonly on: boolean;
}

export const CALM: Flood = { raised: new Map(), on: false };

const keys = new WeakMap<AlarmView, string>();

/** One raising of an alarm; made once for each. */
function keyOf(alarm: AlarmView): string {
  const known = keys.get(alarm) ?? `${alarm.id}#${alarm.occurrence}`;
  keys.set(alarm, known);
  return known;
}

/** @param now the hall's time, ms since 1970 */
export function floodOf(before: Flood, alarms: Iterable<AlarmView>, now: number): Flood {
  const raised = new Map<string, number>();
  const note = (key: string, at: number) => {
    if (now - at < SPAN_MS) raised.set(key, at);
  };
  for (const [key, at] of before.raised) note(key, at);
  for (const alarm of alarms) if (now - alarm.raisedAt < SPAN_MS) note(keyOf(alarm), alarm.raisedAt);
  return { raised, on: before.on ? raised.size >= ENDS_BELOW : raised.size > BEGINS_ABOVE };
}
