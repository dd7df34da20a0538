import type { AlarmView } from '../../../contract/features/alarms.ts';
import { type Alarm, incidentOf } from '../../../core/alarms/alarm.ts';
import { shownConflicts } from '../../wire/pieces.ts';

/**
 * An alarm as windows show it; shelved stands in for its state while it is shelved (A7).
 *
 * @param shelvedUntil wall time of this hall.
 * @param unrecorded the disk refuses it: it is in memory only.
 */
export function alarmView(alarm: Alarm, shelvedUntil: number | null, unrecorded = false): AlarmView {
  return {
    id: alarm.id,
    rule: alarm.rule,
    title: alarm.title,
    level: alarm.level,
    state: alarm.shelved ? 'shelved' : alarm.state,
    occurrence: alarm.occurrence,
    source: alarm.source,
    value: alarm.value,
    unit: alarm.unit,
    place: alarm.place,
    raisedAt: alarm.raisedAt,
    worsenedAt: alarm.worsenedAt,
    acknowledged: alarm.acknowledged,
    clearedAt: alarm.clearedAt,
    clearedValue: alarm.clearedValue,
    shelvedUntil,
    incident: incidentOf(alarm),
    conflicts: shownConflicts(alarm.conflicts),
    ...(unrecorded ? { unrecorded } : {}),
  };
}

/** Whether the alarm belongs in the queue: up, waiting for a person, or with a conflict nobody has seen. */
export function inQueue(alarm: Alarm): boolean {
  return alarm.occurrence > 0 && (alarm.state !== 'normal' || alarm.conflicts.some((c) => c.seen === null));
}
