import { useCallback, useEffect } from 'react';
import { useBridge } from '../../../bridge/index.ts';
import { useDirectory } from '../../../desk/hallData.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { useSeldom } from '../../../map/useSeldom.ts';
import { createSensorMarks, VALUES_FROM_ZOOM, valueText } from './sensorMarks.ts';

/**
 * Puts the sensors onto the map, past React: frame by frame as they come, as far as one can see a difference. What is not seen is drawn
 * with the next that is, or when the map is moved: values change four times a second.
 */
export function useSensors({ scene, say, visibility }: MapView): OnMap {
  const { observations } = useBridge();
  const { kinds } = useDirectory();
  const every = useSeldom(scene);
  useEffect(() => {
    if (!scene) return;
    const { map } = scene;
    const marks = createSensorMarks(observations, say, [...kinds.values()]);
    const inked = scene.ink('sensors', marks);
    const shown = () => visibility.getState().layers.sensors === true;
    const written = () => map.getZoom() >= VALUES_FROM_ZOOM;
    const stop = observations.watchAll((changed) => {
      const { symbols, values } = marks.take(changed);
      if (!symbols && values.length === 0) return;
      const bounds = map.getBounds();
      const seen = shown() && (symbols || (written() && values.some(({ lon, lat }) => bounds.contains([lon, lat]))));
      if (seen) inked.changed();
    }, every);
    marks.take(null);
    inked.changed();
    return () => {
      stop();
      inked.remove();
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
