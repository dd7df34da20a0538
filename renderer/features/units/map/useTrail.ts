import { useEffect } from 'react';
import type { UnitReports } from '../../../../contract/unitReports.ts';
import { useUnitReports } from '../../../bridge/index.ts';
import type { MapView } from '../../../map/layer.ts';
import { type Collection, collection, EMPTY, position } from '../../../map/overlays/collections.ts';

/** Draws where the selected unit was in the last minutes. */
export function useTrail({ scene, selection }: Pick<MapView, 'scene' | 'selection'>): void {
  const reports = useUnitReports(selection?.kind === 'unit' ? selection.id : null);
  useEffect(() => {
    scene?.setData('oh-trail', reports === null ? EMPTY : trailLine(reports));
  }, [scene, reports]);
}

/** From the oldest point to where it is; nothing while it has been nowhere else. */
export function trailLine({ newest, trail }: UnitReports): Collection {
  const line = [...trail, newest].map(position);
  const moved = line.some(([lon, lat]) => lon !== newest.lon || lat !== newest.lat);
  if (!moved) return EMPTY;
  return collection([{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line } }]);
}
