import { useEffect } from 'react';
import type { LonLat } from '../../../../core/places/geo.ts';
import { useDeskStore, useSlice } from '../../../desk/DeskProvider.tsx';
import type { MapView } from '../../../map/layer.ts';
import { unitDesk } from '../unitDesk.ts';

/** How often the map is moved after the unit: more often would keep a map without a card busy. */
const EVERY_MS = 250;
/** Nearer to the middle than this is in the middle. */
const NEAR_PX = 2;

/**
 * Keeps a followed unit in the middle of the map until the person moves the map or selects something else. Nearer and farther is not moving it.
 *
 * @param placeOf where a unit is drawn now
 * @returns the unit that is followed; null: none
 */
export function useFollowed(
  { scene }: Pick<MapView, 'scene'>,
  placeOf: (unit: string) => LonLat | null,
): string | null {
  const desk = useDeskStore();
  const followed = useSlice(unitDesk, (state) => state.followed);

  useEffect(() => {
    if (!scene || followed === null) return;
    const { map } = scene;
    const keep = () => {
      const at = placeOf(followed);
      if (at === null || map.isMoving()) return;
      const { x, y } = map.project([at.lon, at.lat]);
      const middle = map.project(map.getCenter());
      if (Math.hypot(x - middle.x, y - middle.y) > NEAR_PX) map.jumpTo({ center: [at.lon, at.lat] });
    };
    keep();
    const timer = setInterval(keep, EVERY_MS);
    const moved = map.on('movestart', ({ originalEvent }: { originalEvent?: unknown }) => {
      if (isMove(originalEvent)) desk.getState().setIn(unitDesk, { followed: null });
    });
    return () => {
      clearInterval(timer);
      moved.unsubscribe();
    };
  }, [scene, followed, placeOf, desk]);

  return followed;
}

/** Whether a person's event moves the map elsewhere, and not only nearer or farther. */
function isMove(event: unknown): boolean {
  if (event instanceof KeyboardEvent) return event.key.startsWith('Arrow');
  return event instanceof Event && !(event instanceof WheelEvent);
}
