import type { HandoverView } from '../../../contract/features/shifts.ts';
import { endOf, type Handover, stateOf } from '../../../core/shifts/handover.ts';
import { newestThatFit, shownConflicts } from '../../wire/pieces.ts';

const NOTES_SHOWN = 100;

/** A handover as windows show it, or null for one whose beginning has not arrived yet. */
export function handoverView(handover: Handover): HandoverView | null {
  const { id, from, begun } = handover;
  const state = stateOf(handover);
  if (begun === null || state === 'unknown') return null;
  const end = endOf(handover);
  const { shown, from: earlierNotes } = newestThatFit(handover.notes, handover.notes.length, NOTES_SHOWN);
  return {
    ...{ id, seat: begun.actor, state, from, to: end?.to ?? null, begun, ended: end?.by ?? null },
    ...{ notes: shown, earlierNotes, sheet: end?.sheet ?? null, conflicts: shownConflicts(handover.conflicts) },
  };
}
