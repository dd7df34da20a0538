import type { GeoJSONFeature } from 'maplibre-gl';
import type { LonLat } from '../../../../core/places/geo.ts';
import { LEVELS } from '../../../map/overlays/symbols.ts';

/** What is drawn at one place of the map and has something new: an alarm, or several as one. */
export interface Mark {
  readonly key: string;
  readonly at: LonLat;
  /** The worst of them. */
  readonly level: number;
  /** How many there are. */
  readonly alarms: number;
}

/** The marks that have an alarm nobody has acknowledged, each once whatever tiles it is in, the worst first. */
export function newMarks(features: readonly Pick<GeoJSONFeature, 'geometry' | 'properties'>[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { geometry, properties } of features) {
    const { cluster_id: cluster, id, fresh, slot, worst, level, point_count: count } = properties;
    // Around a place there is no room for rings.
    if (geometry.type !== 'Point' || !(fresh > 0) || slot > 0) continue;
    const [lon = 0, lat = 0] = geometry.coordinates;
    const key = cluster === undefined ? `alarm/${id}` : `many/${cluster}`;
    marks.set(key, {
      key,
      at: { lon, lat },
      level: Number(worst ?? level ?? LEVELS.length),
      alarms: Number(count ?? 1),
    });
  }
  return [...marks.values()].sort((a, b) => a.level - b.level || b.alarms - a.alarms);
}
