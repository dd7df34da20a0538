import type { IncidentView } from '../../contract/schema/domain.ts';
import { type Incident, levelOf } from '../../core/incidents/incident.ts';

/** An incident as windows show it, or null for one whose opening has not arrived yet. */
export function incidentView(incident: Incident): IncidentView | null {
  if (incident.state === 'unknown') return null;
  const level = levelOf(incident);
  return {
    id: incident.id,
    type: incident.type,
    title: incident.title,
    place: incident.place,
    level: level.value,
    levelBy: level.by,
    state: incident.state,
    alarm: incident.alarm,
    openedAt: incident.openedAt,
    closedAt: incident.closedAt,
    notes: incident.notes,
    conflicts: incident.conflicts,
  };
}
