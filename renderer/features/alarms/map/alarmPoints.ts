import type { Point } from 'geojson';
import type { AlarmView } from '../../../../contract/features/alarms.ts';
import { type Collection, collection, point, type Say, whatAndWhere } from '../../../map/overlays/collections.ts';

/** Alarms that call for an operator: neither normal nor shelved. The worst is drawn last, on top. */
export function standingAlarms(alarms: Iterable<AlarmView>): AlarmView[] {
  return [...alarms]
    .filter((alarm) => alarm.state !== 'normal' && alarm.state !== 'shelved')
    .sort((a, b) => b.level - a.level || a.raisedAt - b.raisedAt);
}

/** Alarms as points; `look` names the symbol: filled until acknowledged, open afterwards. */
export function alarmPoints(alarms: Iterable<AlarmView>, say: Say): Collection<Point> {
  return collection(
    standingAlarms(alarms).map((alarm) =>
      point(alarm.place, {
        id: alarm.id,
        level: alarm.level,
        look: `alarm-${alarm.state === 'unacknowledged' ? 'new' : 'seen'}-${alarm.level}`,
        title: whatAndWhere(alarm, say, ' · '),
        label: whatAndWhere(alarm, say, '\n'),
        order: 5 - alarm.level,
      }),
    ),
  );
}
