import type { IncidentRow } from '../../../../contract/features/incidents.ts';
import type { Level } from '../../../../contract/schema/basics.ts';
import {
  type Collection,
  circleRing,
  collection,
  point,
  type Say,
  whatAndWhere,
} from '../../../map/overlays/collections.ts';

/** Metres around an incident that its response looks after, by level. */
const CONCERN_METRES: Record<Level, number> = { 1: 1200, 2: 800, 3: 500, 4: 300 };

/** Open incidents as points. */
export function incidentPoints(incidents: Iterable<IncidentRow>, say: Say): Collection {
  return collection(
    openIncidents(incidents).map((incident) =>
      point(incident.place, {
        id: incident.id,
        level: incident.level,
        look: `incident-${incident.level}`,
        title: whatAndWhere(incident, say, ' · '),
        label: whatAndWhere(incident, say, '\n'),
        order: 5 - incident.level,
      }),
    ),
  );
}

/** The area of concern around each open incident. */
export function concernAreas(incidents: Iterable<IncidentRow>): Collection {
  return collection(
    openIncidents(incidents).map((incident) => ({
      type: 'Feature',
      properties: { id: incident.id, level: incident.level },
      geometry: { type: 'Polygon', coordinates: [circleRing(incident.place, CONCERN_METRES[incident.level])] },
    })),
  );
}

function openIncidents(incidents: Iterable<IncidentRow>): IncidentRow[] {
  return [...incidents].filter((incident) => incident.state === 'open').sort((a, b) => b.level - a.level);
}
