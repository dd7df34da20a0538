import type { WarningRow, WarningShape, WarningView } from '../../../contract/features/warnings.ts';
import { centreOf } from '../../../core/warnings/centre.ts';
import { waitsForSomebody } from '../../../core/warnings/decide.ts';
import { incidentOfWarning, type Warning } from '../../../core/warnings/warning.ts';
import { shownConflicts } from '../../wire/pieces.ts';

/** A warning as a line; null before it came, and for a cancel, which warns of nothing. */
export function warningRow(warning: Warning): WarningRow | null {
  const { id, said, ended } = warning;
  if (said === null || said.does === 'cancel') return null;
  const { event, level, title, from, area, sent, onset, until, assumed } = said;
  return {
    ...{ id, event, level, title, from, sent, onset, until, assumed },
    state: ended?.how ?? 'holds',
    endedAt: ended?.at ?? null,
    area: area.name,
    waits: waitsForSomebody(warning),
    incident: incidentOfWarning(warning),
    at: centreOf(area),
  };
}

/** A warning in full; null where {@link warningRow} is. */
export function warningView(warning: Warning): WarningView | null {
  const row = warningRow(warning);
  const { said, acknowledged, conflicts } = warning;
  if (row === null || said === null) return null;
  const { identifier, sender, severity, urgency, certainty, text, instruction, area } = said;
  return {
    ...{ ...row, identifier, sender, severity, urgency, certainty, text, instruction, acknowledged },
    codes: area.codes,
    conflicts: shownConflicts(conflicts),
  };
}

/** What of a warning can be drawn; null where nothing can. */
export function warningShape(warning: Warning): WarningShape | null {
  const row = warningRow(warning);
  if (row?.at == null || warning.said === null) return null;
  const { polygons, circles } = warning.said.area;
  return { id: row.id, level: row.level, title: row.title, at: row.at, polygons, circles };
}
