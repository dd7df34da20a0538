import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { distanceM, type LonLat } from '../../../core/places/geo.ts';
import {
  areaM2,
  areaText,
  bearingText,
  circleM2,
  lengthM,
  lengthText,
  type MeasureMode,
  measureShapes,
} from '../measure/measure.ts';
import { EMPTY } from '../overlays/collections.ts';
import type { Scene } from '../scene.ts';
import type { Measure } from '../useMeasure.ts';
import { MapNote } from './MapNote.tsx';

/** Draws what is measured, with a line on to the pointer, and says how long or large it is. */
export function MeasureNote({ scene, measure }: { scene: Scene; measure: Measure & { mode: MeasureMode } }) {
  const { t } = useTranslation();
  const { mode, points, going } = measure;
  const pointer = usePointer(scene);
  const reach = going && !(mode === 'radius' && points.length > 1) ? pointer : null;

  useEffect(() => scene.setData('oh-measure', measureShapes(mode, points, reach)), [scene, mode, points, reach]);
  useEffect(() => () => scene.setData('oh-measure', EMPTY), [scene]);

  const [first, last] = [points[0], points.at(-1)];
  const leg = reach && last ? { from: last, to: reach } : null;
  /** How much what lies there measures with this point more. */
  const sizeOf = (all: readonly LonLat[]) => {
    if (mode === 'distance') return t('map:measure.distance', { value: lengthText(lengthM(all)) });
    if (mode === 'area') return t('map:measure.area', { value: areaText(areaM2(all)) });
    const radius = lengthM(all);
    return t('map:measure.radius', { value: lengthText(radius), area: areaText(circleM2(radius)) });
  };
  const through = mode === 'radius' && first && points[1] ? { from: first, to: points[1] } : null;
  return (
    <MapNote>
      {!(mode === 'radius' && points.length < 2) && sizeOf(points)}
      {through && ` · ${t('map:measure.bearing', { bearing: bearingText(through.from, through.to) })}`}
      {/* It changes with every movement of the mouse: nobody could listen to it. */}
      {leg && (
        <span aria-hidden="true">
          {' → '}
          {sizeOf([...points, leg.to])} ·{' '}
          {mode === 'radius'
            ? t('map:measure.bearing', { bearing: bearingText(leg.from, leg.to) })
            : t('map:measure.leg', {
                value: lengthText(distanceM(leg.from, leg.to)),
                bearing: bearingText(leg.from, leg.to),
              })}
        </span>
      )}{' '}
      · {t(going ? 'map:measure.going' : 'map:measure.ended')}
    </MapNote>
  );
}

/** Where the pointer is on the map: the mouse, or the middle of a map that is moved by key; null where neither is. */
function usePointer({ map }: Scene): LonLat | null {
  const [at, setAt] = useState<LonLat | null>(null);
  useEffect(() => {
    const pointed = map.on('mousemove', ({ lngLat }) => setAt({ lon: lngLat.lng, lat: lngLat.lat }));
    const left = map.on('mouseout', () => setAt(null));
    const moved = map.on('move', ({ originalEvent }) => {
      if (!(originalEvent instanceof KeyboardEvent)) return;
      const { lng, lat } = map.getCenter();
      setAt({ lon: lng, lat });
    });
    return () => {
      for (const subscription of [pointed, left, moved]) subscription.unsubscribe();
    };
  }, [map]);
  return at;
}
