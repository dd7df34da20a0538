import { useCallback, useEffect, useRef, useState } from 'react';
import type { LayerScene } from '../../../map/layer.ts';
import type { Hit } from '../../../map/pointed.ts';
import type { AlarmMarks } from './alarmMarks.ts';
import { OPENS_TO_ZOOM } from './sizes.ts';

const NONE: ReadonlySet<string> = new Set();
/** The map gone so much farther away closes what was spread out. */
const ZOOMS_AWAY = 0.5;
/** Tiles are those of the whole zoom below: a flight may end a hair before it. */
const HAIR = 0.01;

/** Opens marks that stand for several alarms: flies to where they part, or spreads them out where they stand on one place. */
export function useSpread(
  scene: LayerScene | null,
  marks: AlarmMarks,
): {
  readonly spread: ReadonlySet<string>;
  /** Opens what was pointed at, if it is one; null, pointed elsewhere: closes. The same function as long as the map is there. */
  readonly pointed: (hit: Hit | null) => void;
} {
  const [spread, setSpread] = useState(NONE);
  const openedAt = useRef(0);

  useEffect(() => {
    if (!scene || spread.size === 0) return;
    const zoomed = scene.map.on('zoomend', () => {
      if (scene.map.getZoom() < openedAt.current - ZOOMS_AWAY) setSpread(NONE);
    });
    return () => zoomed.unsubscribe();
  }, [scene, spread]);

  const pointed = useCallback(
    (hit: Hit | null) => {
      if (hit === null) setSpread(NONE);
      if (!scene || hit === null || hit.selection !== null) return;
      const { map } = scene;
      const center: [number, number] = [hit.at.lon, hit.at.lat];
      const closer = (zoom: number) => map.easeTo({ center, zoom: zoom + HAIR, duration: 700 });
      const { parts, alarms } = membersOf(marks, Number(hit.properties.cluster_id)) ?? {};
      // Its alarms are others by now: nearer they stand apart all the same.
      if (parts === undefined || alarms === undefined) return closer(Math.floor(map.getZoom()) + 1);
      if (parts <= OPENS_TO_ZOOM) return closer(parts);
      openedAt.current = map.getZoom();
      setSpread(alarms);
    },
    [scene, marks],
  );
  return { spread, pointed };
}

function membersOf(marks: AlarmMarks, cluster: number): ReturnType<AlarmMarks['members']> | null {
  try {
    return marks.members(cluster);
  } catch {
    return null;
  }
}
