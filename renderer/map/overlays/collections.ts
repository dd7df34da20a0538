import type { Feature, FeatureCollection, Geometry, Point } from 'geojson';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import type { CameraView } from '../../../contract/features/cameras.ts';
import type { IncidentRow } from '../../../contract/features/incidents.ts';
import type { Level, Text } from '../../../contract/schema/basics.ts';
import { type ComponentTable, componentCode, type Facility } from '../../../core/places/city.ts';
import { circleRing } from './cones.ts';

export type Collection<G extends Geometry = Geometry> = FeatureCollection<G, Record<string, string | number | boolean>>;

/** The side of a two-language name that is for the map's language. */
export type Say = (text: Text) => string;

export const EMPTY: Collection = { type: 'FeatureCollection', features: [] };

export function point(
  at: { lon: number; lat: number },
  properties: Record<string, string | number | boolean>,
): Feature<Point, Record<string, string | number | boolean>> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: [at.lon, at.lat] } };
}

export function collection<G extends Geometry>(
  features: Feature<G, Record<string, string | number | boolean>>[],
): Collection<G> {
  return { type: 'FeatureCollection', features };
}

/** Alarms that call for an operator: neither normal nor shelved. The worst is drawn last, on top. */
export function standingAlarms(alarms: Iterable<AlarmView>): AlarmView[] {
  return [...alarms]
    .filter((alarm) => alarm.state !== 'normal' && alarm.state !== 'shelved')
    .sort((a, b) => b.level - a.level || a.raisedAt - b.raisedAt);
}

/** Where and what. */
function whatAndWhere({ title, place }: { title: Text; place: { name: Text } }, say: Say, between: string): string {
  const [what, where] = [say(title), say(place.name)];
  return where === '' || what.includes(where) ? what : `${where}${between}${what}`;
}

/** Alarms as points; `look` names the symbol: filled until acknowledged, open afterwards. */
export function alarmPoints(alarms: Iterable<AlarmView>, say: Say): Collection<Point> {
  return collection(
    standingAlarms(alarms).map((alarm) =>
      point(alarm.place, {
        id: alarm.id,
        level: alarm.level,
        look: `alarm-${alarm.state === 'unacknowledged' ? 'new' : 'seen'}-${alarm.level}`,
        title: whatAndWhere(alarm, say, ' · '),
        label: whatAndWhere(alarm, say, '\n'),
        order: 5 - alarm.level,
      }),
    ),
  );
}

/** Metres around an incident that its response looks after, by level. */
const CONCERN_METRES: Record<Level, number> = { 1: 1200, 2: 800, 3: 500, 4: 300 };

/** Open incidents as points. */
export function incidentPoints(incidents: Iterable<IncidentRow>, say: Say): Collection<Point> {
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

/** Cameras as points. */
export function cameraPoints(cameras: readonly CameraView[], say: Say): Collection<Point> {
  return collection(
    cameras.map((camera) => point(camera, { id: camera.id, title: say(camera.name), bearing: camera.bearing })),
  );
}

/** Hospitals, fire stations, shelters … as points. */
export function facilityPoints(facilities: readonly Facility[], lang: 'zh-CN' | 'en'): Collection<Point> {
  return collection(
    facilities.map((facility) =>
      point(facility, {
        id: facility.id,
        kind: facility.kind,
        look: `facility-${facility.kind}`,
        title: lang === 'en' ? facility.en : facility.zh,
      }),
    ),
  );
}

/** City components as points, each with its 16-digit identifier. */
export function componentPoints(table: ComponentTable, county: string, lang: 'zh-CN' | 'en'): Collection<Point> {
  return collection(
    table.lon.flatMap((lon, i) => {
      const category = table.categories[table.category[i] ?? -1];
      const lat = table.lat[i];
      if (!category || lat === undefined) return [];
      return [
        point(
          { lon, lat },
          {
            id: componentCode(county, category.code, table.seq[i] ?? 0),
            kind: category.code,
            title: lang === 'en' ? category.en : category.zh,
          },
        ),
      ];
    }),
  );
}
