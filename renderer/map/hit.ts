import type { Map as MapLibreMap, PointLike } from 'maplibre-gl';
import type { Selection } from '../../contract/features/seats.ts';
import type { UnitEntry } from '../../contract/features/units.ts';
import { UNIT_STATUSES } from '../../core/units/unit.ts';
import { pickUnit } from './units/pick.ts';
import type { UnitTrack } from './units/track.ts';

/** What lies under a point of the map. */
export interface Hit {
  selection: Selection;
  /** First line of the tooltip. */
  title: string;
  /** What the second line is made of; words are looked up by the tooltip. */
  detail: { department?: string; status?: string; age?: number; value?: string; kind?: string };
  /** Directory index, for a unit; -1 otherwise. */
  unit: number;
}

/** Layers that can be clicked, what they stand for, most urgent first. Units come after the first two. */
const TARGETS: readonly (readonly [string, Selection['kind']])[] = [
  ['oh-alarms', 'alarm'],
  ['oh-incidents', 'incident'],
  ['oh-cameras-on', 'camera'],
  ['oh-cameras', 'camera'],
  ['oh-cameras-dot', 'camera'],
  ['oh-sensors', 'sensor'],
  ['oh-facilities', 'place'],
  ['oh-components', 'component'],
];
const BEFORE_UNITS = 2;
const REACH_PX = 14;

/** Units as far as a hit needs them. */
interface UnitHits {
  track: UnitTrack;
  now: () => number;
  directory: () => readonly UnitEntry[];
  visible: (slot: number) => boolean;
}

/** What is at a point, in pixels from the canvas' top left; null where there is only the city. */
export function hitAt(map: MapLibreMap, units: UnitHits, x: number, y: number): Hit | null {
  return (
    featureHit(map, x, y, TARGETS.slice(0, BEFORE_UNITS)) ??
    unitHit(map, units, x, y) ??
    featureHit(map, x, y, TARGETS.slice(BEFORE_UNITS))
  );
}

function featureHit(map: MapLibreMap, x: number, y: number, targets: typeof TARGETS): Hit | null {
  const layers = targets.map(([layer]) => layer).filter((layer) => map.getLayer(layer));
  if (layers.length === 0) return null;
  const box: [PointLike, PointLike] = [
    [x - 4, y - 4],
    [x + 4, y + 4],
  ];
  const found = map.queryRenderedFeatures(box, { layers });
  for (const [layer, kind] of targets) {
    const feature = found.find((f) => f.layer.id === layer && isShown(map, layer, f.id));
    if (feature?.geometry.type !== 'Point') continue;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const { id, title, value, kind: sort } = feature.properties;
    return {
      selection: { kind, id: String(id), at: { lon, lat } },
      title: typeof title === 'string' ? title : String(id),
      detail: {
        ...(typeof value === 'string' ? { value } : {}),
        ...(typeof sort === 'string' ? { kind: sort } : {}),
      },
      unit: -1,
    };
  }
  return null;
}

/** Cameras that are singled out have a layer of their own, invisible for all the others. */
function isShown(map: MapLibreMap, layer: string, id: string | number | undefined): boolean {
  if (layer !== 'oh-cameras-on' || id === undefined) return true;
  return map.getFeatureState({ source: 'oh-cameras', id })?.on === true;
}

function unitHit(map: MapLibreMap, units: UnitHits, x: number, y: number): Hit | null {
  const centre = map.getCenter();
  const shift = map.project(centre);
  const now = units.now();
  const view = { lon: centre.lng, lat: centre.lat, zoom: map.getZoom() };
  const reach = view.zoom < 13.2 ? REACH_PX / 2 : REACH_PX;
  const slot = pickUnit(units.track, view, x - shift.x, y - shift.y, reach, now, units.visible);
  if (slot < 0) return null;
  const record = units.track.shown(slot, now);
  const entry = units.directory()[record.index];
  if (!entry) return null;
  return {
    selection: { kind: 'unit', id: entry.id, at: { lon: record.lon, lat: record.lat } },
    title: entry.callSign,
    detail: {
      department: entry.department,
      status: UNIT_STATUSES[units.track.statusAt(slot)] ?? 'off',
      age: record.age,
    },
    unit: record.index,
  };
}
