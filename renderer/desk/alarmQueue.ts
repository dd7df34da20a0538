import type { AlarmView } from '../../contract/features/alarms.ts';
import type { IncidentView } from '../../contract/features/incidents.ts';
import { wantsAcknowledgement } from '../../core/alarms/acknowledgement.ts';

/**
 * Whether it may become an incident now: it is not over, and has become none; or it is still up and the one it became is closed. One that was
 * merged goes on.
 *
 * @param incident the one it became, as far as this window knows it: one closed long ago is not told any more
 */
export function mayBecomeIncident(alarm: AlarmView, incident: Pick<IncidentView, 'state'> | undefined): boolean {
  if (alarm.incident === null) return alarm.state !== 'normal';
  const up = alarm.clearedAt === null && alarm.state !== 'normal' && alarm.state !== 'returned';
  return up && incident?.state !== 'open' && incident?.state !== 'merged';
}

/** Whether the alarm is up and has got worse since the incident it was is closed: that one answers it no more. */
export function isWorseSinceClosed(
  alarm: Pick<AlarmView, 'state' | 'clearedAt' | 'incident' | 'worsenedAt'>,
  incident: Pick<IncidentView, 'id' | 'state' | 'closedAt'> | null,
): boolean {
  const { state, clearedAt, worsenedAt } = alarm;
  if (incident === null || incident.id !== alarm.incident || incident.state !== 'closed') return false;
  const up = clearedAt === null && state !== 'normal' && state !== 'returned';
  return up && worsenedAt !== null && incident.closedAt !== null && worsenedAt > incident.closedAt;
}

/** Unacknowledged first, shelved last; then the worst; then the newest; then by id, so that the order is total. */
export function byUrgency(a: AlarmView, b: AlarmView): number {
  return rank(a) - rank(b) || a.level - b.level || b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function rank(alarm: AlarmView): number {
  if (alarm.state === 'shelved') return 3;
  if (alarm.state === 'normal') return 2;
  return wantsAcknowledgement(alarm) ? 0 : 1;
}

/** The queue: every alarm that is not normal, and those whose conflict nobody has seen. */
export function alarmQueue(alarms: Iterable<AlarmView>): AlarmView[] {
  return [...alarms]
    .filter((alarm) => alarm.state !== 'normal' || alarm.conflicts.some((conflict) => conflict.seen === null))
    .sort(byUrgency);
}
