import { useEffect, useState } from 'react';
import { type HallBasemap, openHallBasemap } from './basemap/hallBasemap.ts';
import type { CityFiles } from './city.ts';

interface OwnBasemap {
  /** `none` when the hall has none, `failed` when it cannot be had: the map then shows the overlays alone. */
  readonly state: 'asked' | 'open' | 'none' | 'failed';
  readonly basemap: HallBasemap | null;
}

const ASKED: OwnBasemap = { state: 'asked', basemap: null };

/** The hall's own basemap. */
export function useBasemap(files: CityFiles, enabled: boolean): OwnBasemap {
  const [own, setOwn] = useState<OwnBasemap>(ASKED);
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    openHallBasemap(files, stop.signal).then(
      (basemap) => setOwn({ state: basemap ? 'open' : 'none', basemap }),
      () => {
        if (!stop.signal.aborted) setOwn({ state: 'failed', basemap: null });
      },
    );
    return () => stop.abort();
  }, [files, enabled]);
  return own;
}
