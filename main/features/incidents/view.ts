import type { IncidentView } from '../../../contract/features/incidents.ts';
import { type Incident, levelOf, mergedInto, ownerOf } from '../../../core/incidents/incident.ts';
import { newestThatFit, shownConflicts } from '../../wire/pieces.ts';

/** So many notes at a time: what nobody scrolls through is not sent to every window again with each new note. */
const NOTES_SHOWN = 100;

/** Of alarms that joined as many; a flood of them is looked through in the queue. */
const JOINED_SHOWN = 100;

/** Notes of an incident before the `end`th, as many as fit. */
export function notesBefore({ notes }: Incident, end: number) {
  return newestThatFit(notes, end, NOTES_SHOWN);
}

/** An incident as windows show it, or null for one whose opening has not arrived yet. */
export function incidentView(incident: Incident): IncidentView | null {
  if (incident.state === 'unknown') return null;
  const level = levelOf(incident);
  const { shown, from } = notesBefore(incident, incident.notes.length);
  return {
    id: incident.id,
    type: incident.type,
    title: incident.title,
    place: incident.place,
    level: level.value,
    levelBy: level.by,
    levelWhy: level.why ?? null,
    state: incident.state,
    into: mergedInto(incident),
    alarm: incident.alarm,
    after: incident.after,
    joined: incident.joined.slice(-JOINED_SHOWN),
    words: incident.words,
    caller: incident.caller,
    owner: ownerOf(incident),
    changes: incident.changes,
    openedAt: incident.openedAt,
    closedAt: incident.closedAt,
    notes: shown,
    earlierNotes: from,
    conflicts: shownConflicts(incident.conflicts),
  };
}
