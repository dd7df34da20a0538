import { useEffect } from 'react';
import { distanceM } from '../../../../core/places/geo.ts';
import { useDeskStore, useSlice } from '../../../desk/DeskProvider.tsx';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { EMPTY } from '../../../map/overlays/collections.ts';
import { nearDesk, roundRadius } from '../nearDesk.ts';
import { RING_HANDLE } from './handle.ts';
import { ring } from './ring.ts';

/** Draws the ring, and lets its handle be dragged. */
export function useRing({ scene }: MapView): OnMap {
  const desk = useDeskStore();
  const around = useSlice(nearDesk, (near) => near.around);
  const radius = useSlice(nearDesk, (near) => near.radius);

  useEffect(() => {
    scene?.setData('oh-near', around === null ? EMPTY : ring(around, radius));
  }, [scene, around, radius]);

  useEffect(() => {
    if (!scene || around === null) return;
    const { map } = scene;
    let dragging = false;
    const end = () => {
      if (!dragging) return;
      dragging = false;
      map.dragPan.enable();
    };
    const pressed = map.on('mousedown', RING_HANDLE, (event) => {
      // The map stays where it is.
      event.preventDefault();
      dragging = true;
      map.dragPan.disable();
    });
    const moved = map.on('mousemove', ({ lngLat }) => {
      if (!dragging) return;
      desk.getState().setIn(nearDesk, { radius: roundRadius(distanceM(around, { lon: lngLat.lng, lat: lngLat.lat })) });
    });
    const released = map.on('mouseup', end);
    window.addEventListener('mouseup', end);
    return () => {
      end();
      for (const each of [pressed, moved, released]) each.unsubscribe();
      window.removeEventListener('mouseup', end);
    };
  }, [scene, around, desk]);

  return {};
}
