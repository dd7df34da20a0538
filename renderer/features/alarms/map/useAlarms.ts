import { useCallback, useEffect } from 'react';
import { useBridge } from '../../../bridge/index.ts';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { alarmPoints } from './alarmPoints.ts';
import { createPulses } from './pulses.ts';

/** Puts the alarms onto the map, past React: at once. */
export function useAlarms({ scene, say }: MapView): OnMap {
  const bridge = useBridge();
  useEffect(() => {
    if (!scene) return;
    const pulses = createPulses(scene.map);
    const stop = bridge.subscribe('alarms', (items) => {
      scene.setData('oh-alarms', alarmPoints(items.values(), say));
      pulses.set(items.values());
    });
    return () => {
      stop();
      pulses.remove();
    };
  }, [bridge, scene, say]);
  return {
    placeOf: useCallback(
      ({ kind, id }) => (kind === 'alarm' ? (bridge.items('alarms').get(id)?.place ?? null) : null),
      [bridge],
    ),
    things: () =>
      [...bridge.items('alarms').values()].map(({ id, title, place }) => ({
        ...{ kind: 'alarm', id, at: place },
        ...{ zh: `${place.name.zh} · ${title.zh}`, en: `${place.name.en} · ${title.en}` },
      })),
  };
}
