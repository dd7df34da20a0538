import { useCallback, useEffect } from 'react';
import { useBridge } from '../../../bridge/index.ts';
import { useDirectory } from '../../../desk/hallData.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { useSeldom } from '../../../map/useSeldom.ts';
import { createSensorPoints, valueText } from './sensorPoints.ts';

/** From here on values are written beside the symbols. */
export const VALUES_FROM_ZOOM = 13.8;

/**
 * Puts the sensors onto the map, past React: frame by frame as they come, as far as one can see a difference. The rest is put there when the
 * map is moved or the layer shown: values change four times a second, and a map on which none is written need not be drawn for them.
 */
export function useSensors({ scene, say, visibility }: MapView): OnMap {
  const { observations } = useBridge();
  const { kinds } = useDirectory();
  const every = useSeldom(scene);
  useEffect(() => {
    if (!scene) return;
    const { map } = scene;
    const points = createSensorPoints(observations, say, [...kinds.values()]);
    let behind = false;
    const put = () => {
      behind = false;
      scene.setNews('oh-sensors', () => points.all());
    };
    const shown = () => visibility.getState().layers.sensors === true;
    const written = () => map.getZoom() >= VALUES_FROM_ZOOM;
    const catchUp = () => {
      if (behind && shown()) put();
    };
    const stop = observations.watchAll((changed) => {
      const { symbols, values } = points.take(changed);
      if (!symbols && values.length === 0) return;
      const bounds = map.getBounds();
      const seen = shown() && (symbols || (written() && values.some(({ lon, lat }) => bounds.contains([lon, lat]))));
      if (seen) put();
      else behind = true;
    }, every);
    const moved = map.on('move', () => {
      if (written()) catchUp();
    });
    const switched = visibility.subscribe(catchUp);
    points.take(null);
    put();
    return () => {
      stop();
      moved.unsubscribe();
      switched();
    };
  }, [observations, scene, say, visibility, every, kinds]);
  return {
    // What is on the map may be older than what is known.
    tip: ({ selection }) => {
      const [sensor, newest] = [observations.sensor(selection?.id ?? ''), observations.get(selection?.id ?? '')];
      return sensor && newest ? [valueText(newest, sensor.unit)] : [];
    },
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
