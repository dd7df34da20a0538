import type { IncidentRow } from '../../../../contract/features/incidents.ts';
import type { Level } from '../../../../contract/schema/basics.ts';
import type { Mark } from '../../../map/ink/mark.ts';
import { type Collection, circleRing, collection, type Say, whatAndWhere } from '../../../map/overlays/collections.ts';

/** Metres around an incident that its response looks after, by level. */
const CONCERN_METRES: Record<Level, number> = { 1: 1200, 2: 800, 3: 500, 4: 300 };

/** Open incidents as marks, the worst uppermost. */
export function incidentMarks(incidents: Iterable<IncidentRow>, say: Say): Mark[] {
  return openIncidents(incidents).map((incident) => {
    const { id, level, place } = incident;
    const at = { lon: place.lon, lat: place.lat };
    return {
      ...{ at, symbol: `incident-${level}`, foot: true },
      label: { text: whatAndWhere(incident, say, '\n'), size: 13, below: 0.4 },
      hit: {
        selection: { kind: 'incident', id, at },
        ...{ at, title: whatAndWhere(incident, say, ' · '), properties: { id, level } },
      },
    };
  });
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
