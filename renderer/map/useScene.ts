import { type RefObject, useEffect, useMemo, useState } from 'react';
import type { Bridge } from '../bridge/index.ts';
import type { Lang } from '../ui/format.ts';
import type { HallBasemap } from './basemap/hallBasemap.ts';
import type { CityFiles } from './city.ts';
import type { MapLayers } from './layer.ts';
import { drawTilesOf } from './library.ts';
import type { MapTheme } from './palette.ts';
import { createScene, type Scene } from './scene.ts';
import { cityStyle } from './style.ts';
import type { VisibilityStore } from './visibility.ts';

/** Where a bridge's window finds the city's files. */
export function cityFiles(bridge: Pick<Bridge, 'assetBase' | 'authHeaders'>): CityFiles {
  return { base: bridge.assetBase, headers: bridge.authHeaders };
}

/** Builds the scene once the container is there, and keeps its look and what it shows up to date. */
export function useScene(
  container: RefObject<HTMLElement | null>,
  options: {
    bridge: Pick<Bridge, 'assetBase' | 'authHeaders'>;
    layers: MapLayers;
    theme: MapTheme;
    lang: Lang;
    bounds: readonly [number, number, number, number] | null;
    hasCity: boolean;
    /** The hall's own; null without one. */
    basemap: HallBasemap | null;
    visibility: VisibilityStore;
    inset: () => number;
    /** How much larger than drawn it is shown. */
    magnified: number;
    enabled: boolean;
  },
): { scene: Scene | null; lost: boolean } {
  const { bridge, layers, theme, lang, bounds, hasCity, basemap, visibility, inset, magnified, enabled } = options;
  const [scene, setScene] = useState<Scene | null>(null);
  const [lost, setLost] = useState(false);
  const style = useMemo(
    () => cityStyle(theme, lang, hasCity ? bridge.assetBase() : null, basemap?.area),
    [theme, lang, bridge, hasCity, basemap],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and language are swapped below, without a new map
  useEffect(() => {
    const node = container.current;
    if (!node || !enabled) return;
    if (basemap) drawTilesOf(basemap);
    const files = cityFiles(bridge);
    const made = createScene({
      container: node,
      layers,
      style,
      theme,
      bounds,
      files,
      inset,
      magnified,
      visibility: visibility.getState(),
      now: () => performance.now(),
      onLost: setLost,
    });
    setScene(made);
    const stop = visibility.subscribe((now) => made.show(now));
    return () => {
      stop();
      setScene(null);
      made.remove();
    };
  }, [container, bridge, layers, bounds, basemap, visibility, inset, magnified, enabled]);

  useEffect(() => {
    scene?.restyle(style, theme);
  }, [scene, style, theme]);

  return { scene, lost };
}
