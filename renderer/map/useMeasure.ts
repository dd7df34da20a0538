import { useCallback, useEffect, useState } from 'react';
import type { LonLat } from '../../core/places/geo.ts';
import { useShortcuts } from '../keys/KeysProvider.tsx';
import type { MeasureMode } from './measure/measure.ts';
import type { Scene } from './scene.ts';

/** What is being measured on the map, or was. */
export interface Measure {
  /** Null: nothing is on the map. */
  readonly mode: MeasureMode | null;
  readonly points: readonly LonLat[];
  /** A click adds a point; else it selects, and what was measured stays to be looked at. */
  readonly going: boolean;
  /** Begins anew; null takes everything off the map. */
  setMode(mode: MeasureMode | null): void;
}

/** Measuring on the map: each click is a point, Backspace takes one back, Escape ends it, and once more takes it off the map. */
export function useMeasure(scene: Scene | null): Measure {
  const [mode, choose] = useState<MeasureMode | null>(null);
  const [points, setPoints] = useState<readonly LonLat[]>([]);
  const [ended, setEnded] = useState(false);
  const going = mode !== null && !ended;

  const setMode = useCallback((next: MeasureMode | null) => {
    choose(next);
    setPoints([]);
    setEnded(false);
  }, []);
  // A circle has two points: a third begins another one.
  const add = useCallback(
    (at: LonLat) => setPoints((before) => (mode === 'radius' && before.length > 1 ? [at] : [...before, at])),
    [mode],
  );

  useEffect(() => {
    if (!scene || !going) return;
    scene.map.doubleClickZoom.disable();
    const clicked = scene.map.on('click', ({ lngLat }) => add({ lon: lngLat.lng, lat: lngLat.lat }));
    return () => {
      clicked.unsubscribe();
      scene.map.doubleClickZoom.enable();
    };
  }, [scene, going, add]);

  useShortcuts([
    {
      id: 'map.measure-end',
      keys: ['escape'],
      scope: 'situation',
      label: 'map:key.measureEnd',
      enabled: () => mode !== null,
      run: () => (going && points.length > 1 ? setEnded(true) : setMode(null)),
    },
    {
      id: 'map.measure-back',
      keys: ['backspace'],
      scope: 'situation',
      label: 'map:key.measureBack',
      enabled: () => going,
      run: () => setPoints((before) => before.slice(0, -1)),
    },
    {
      // Without a mouse: the middle of the map is the pointer.
      id: 'map.measure-point',
      keys: ['enter'],
      scope: 'situation',
      label: 'map:key.measurePoint',
      enabled: () => going,
      run: () => {
        const centre = scene?.map.getCenter();
        if (centre) add({ lon: centre.lng, lat: centre.lat });
      },
    },
  ]);

  return { mode, points, going, setMode };
}
