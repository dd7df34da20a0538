import type { LedgerEvent } from '../ledger/envelope.ts';
import { compareOrder } from '../ledger/order.ts';
import { foldStep } from '../ledger/projection.ts';
import type { Stream } from '../ledger/stream.ts';
import type { Level } from '../words.ts';
import { type Alarm, alarmAggregate, incidentOf } from './alarm.ts';

/** Something that changed an alarm, and what it was like then. */
interface Moment {
  /** Of its event. */
  id: string;
  at: number;
  station: string;
  actor: LedgerEvent['actor'];
  what: 'raised' | 'worsened' | 'acknowledged' | 'cleared' | 'shelved' | 'unshelved' | 'incident';
  occurrence: number;
  level: Level;
  /** At which it was raised, last got worse, or, once it is cleared, was cleared. */
  value: number;
  unit: string;
  shelved: { minutes: number; reason: string } | null;
  incident: string | null;
}

/**
 * What became of an alarm, in the merge order: what changed nothing (A6: a decision about an earlier occurrence) and what a person does not see (a
 * rule's terms, a conflict that was looked at) is no part of it. Being unshelved by what ended the shelving (A7) is in that.
 *
 * @param events of the alarm, in any order
 * @param stream from which alone they are taken
 */
export function alarmStory(alarm: string, events: readonly LedgerEvent[], stream: Stream): Moment[] {
  const step = foldStep({ ...alarmAggregate, stream });
  const moments: Moment[] = [];
  let before = alarmAggregate.initialState(alarm);
  for (const event of [...events].sort(compareOrder)) {
    const now = step(before, event);
    const what = changeOf(before, now);
    if (what !== null) moments.push(momentOf(event, now, what));
    before = now;
  }
  return moments;
}

function changeOf(before: Alarm, now: Alarm): Moment['what'] | null {
  if (now.occurrence > before.occurrence) return 'raised';
  if (now.level < before.level) return 'worsened';
  if (now.clearedAt !== before.clearedAt) return 'cleared';
  if (now.acknowledged !== before.acknowledged) return 'acknowledged';
  if (now.shelved !== before.shelved) return now.shelved ? 'shelved' : 'unshelved';
  if (incidentOf(now) !== incidentOf(before)) return 'incident';
  return null;
}

function momentOf(event: LedgerEvent, now: Alarm, what: Moment['what']): Moment {
  const { id, at, station, actor, body } = event;
  const { occurrence, level, unit, shelved } = now;
  const value = now.clearedValue ?? now.value;
  const reason = typeof body.reason === 'string' ? body.reason : '';
  return {
    ...{ id, at, station, actor, what, occurrence, level, value, unit },
    shelved: what === 'shelved' && shelved ? { minutes: shelved.minutes, reason } : null,
    incident: what === 'incident' ? incidentOf(now) : null,
  };
}
