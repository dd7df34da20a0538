import type { Point } from 'geojson';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { type Collection, collection, point, type Say, whatAndWhere } from '../../../map/overlays/collections.ts';
import { MOST_SPREAD } from './spread.ts';

/** What stands by itself, whatever is near it. */
export interface Apart {
  readonly chosen: string | null;
  /** Spread out around the place that they share. */
  readonly spread: ReadonlySet<string>;
}

/** Alarms that call for an operator: neither normal nor shelved. The worst is drawn last, on top. */
export function standingAlarms(alarms: Iterable<AlarmView>): AlarmView[] {
  return [...alarms]
    .filter((alarm) => alarm.state !== 'normal' && alarm.state !== 'shelved')
    .sort((a, b) => b.level - a.level || a.raisedAt - b.raisedAt);
}

/**
 * Alarms as points; `look` names the symbol: filled until acknowledged, open afterwards; `fresh` is 1 until then, else 0. Those that
 * stand apart know their `slot`: 0 is at their place, the others are around it, the worst first.
 */
export function alarmPoints(
  alarms: Iterable<AlarmView>,
  { chosen, spread }: Apart,
  say: Say,
): { together: Collection<Point>; apart: Collection<Point> } {
  const standing = standingAlarms(alarms);
  const around = standing.filter(({ id }) => id !== chosen && spread.has(id)).reverse();
  const slots = new Map(around.slice(0, MOST_SPREAD).map(({ id }, i) => [id, i + 1]));
  if (chosen !== null) slots.set(chosen, 0);
  const pointOf = (alarm: AlarmView) => {
    const fresh = alarm.state === 'unacknowledged';
    return point(alarm.place, {
      id: alarm.id,
      level: alarm.level,
      look: `alarm-${fresh ? 'new' : 'seen'}-${alarm.level}`,
      fresh: fresh ? 1 : 0,
      title: whatAndWhere(alarm, say, ' · '),
      label: whatAndWhere(alarm, say, '\n'),
      slot: slots.get(alarm.id) ?? 0,
    });
  };
  return {
    together: collection(standing.filter(({ id }) => !slots.has(id)).map(pointOf)),
    apart: collection(standing.filter(({ id }) => slots.has(id)).map(pointOf)),
  };
}
