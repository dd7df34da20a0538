import { useCallback, useEffect, useState } from 'react';
import type { LonLat } from '../../core/places/geo.ts';
import { useShortcuts } from '../keys/KeysProvider.tsx';
import { type MeasureMode, measureShapes } from './measure/measure.ts';
import { EMPTY } from './overlays/collections.ts';
import type { Scene } from './scene.ts';

/** Measuring on the map: each click is a corner, Backspace takes one back, Escape ends. */
export function useMeasure(scene: Scene | null): {
  mode: MeasureMode | null;
  points: readonly LonLat[];
  setMode: (mode: MeasureMode | null) => void;
} {
  const [mode, setMode] = useState<MeasureMode | null>(null);
  const [points, setPoints] = useState<readonly LonLat[]>([]);
  const add = useCallback((at: LonLat) => setPoints((before) => [...before, at]), []);

  useEffect(() => {
    if (!scene || mode === null) return;
    setPoints([]);
    scene.map.doubleClickZoom.disable();
    const clicked = scene.map.on('click', ({ lngLat }) => add({ lon: lngLat.lng, lat: lngLat.lat }));
    return () => {
      clicked.unsubscribe();
      scene.map.doubleClickZoom.enable();
      setPoints([]);
    };
  }, [scene, mode, add]);

  const enabled = () => mode !== null;
  useShortcuts([
    {
      id: 'map.measure-end',
      keys: ['escape'],
      scope: 'situation',
      label: 'map:key.measureEnd',
      enabled,
      run: () => setMode(null),
    },
    {
      id: 'map.measure-back',
      keys: ['backspace'],
      scope: 'situation',
      label: 'map:key.measureBack',
      enabled,
      run: () => setPoints((before) => before.slice(0, -1)),
    },
    {
      // Without a mouse: the middle of the map is the pointer.
      id: 'map.measure-point',
      keys: ['enter'],
      scope: 'situation',
      label: 'map:key.measurePoint',
      enabled,
      run: () => {
        const centre = scene?.map.getCenter();
        if (centre) add({ lon: centre.lng, lat: centre.lat });
      },
    },
  ]);

  useEffect(() => {
    scene?.setData('oh-measure', mode === null ? EMPTY : measureShapes(mode, points));
  }, [scene, mode, points]);

  return { mode, points, setMode };
}
