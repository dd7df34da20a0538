import type { IncidentNote, IncidentView } from '../../../contract/features/incidents.ts';

/** Notes older than those an incident's view carries, as far as they were asked for. */
export interface EarlierNotes {
  readonly incident: string;
  /** Those asked for and those the view had then, oldest first. */
  readonly notes: readonly IncidentNote[];
  /** Index of the first of them among all notes: so many are older still. */
  readonly from: number;
}

/**
 * What to show before the notes of the view, and how many are older still. The view moves on while new notes come; what was asked
 * for has those with it that the view had then. Once the view has moved past all of them, asking begins anew.
 */
export function beforeTheView(
  incident: Pick<IncidentView, 'id' | 'notes' | 'earlierNotes'>,
  asked: EarlierNotes | null,
): { notes: readonly IncidentNote[]; count: number; before: number } {
  const none = { notes: [], count: incident.earlierNotes, before: incident.earlierNotes };
  if (asked === null || asked.incident !== incident.id) return none;
  if (asked.from + asked.notes.length < incident.earlierNotes) return none;
  const shown = new Set(incident.notes.map((note) => note.by.event));
  const notes = asked.notes.filter((note) => !shown.has(note.by.event));
  return { notes, count: asked.from, before: asked.from };
}
