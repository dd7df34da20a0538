import { useCallback, useEffect } from 'react';
import { useBridge } from '../../../bridge/index.ts';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { createSensorPoints } from './sensorPoints.ts';

/** Puts the sensors onto the map, past React: frame by frame as they come. */
export function useSensors({ scene, say }: MapView): OnMap {
  const { observations } = useBridge();
  useEffect(() => {
    if (!scene) return;
    const points = createSensorPoints(observations, say);
    const stop = observations.watchAll((changed) => scene.setData('oh-sensors', points.after(changed)));
    scene.setData('oh-sensors', points.after(null));
    return stop;
  }, [observations, scene, say]);
  return {
    tip: ({ properties: { value } }) => (typeof value === 'string' ? [value] : []),
    placeOf: useCallback(
      ({ kind, id }) => (kind === 'sensor' ? (observations.sensor(id)?.place ?? null) : null),
      [observations],
    ),
    things: () =>
      observations.directory().map(({ id, name, place }) => ({
        ...{ kind: 'sensor', id, zh: name.zh, en: name.en, at: place },
      })),
  };
}
