import { useEffect, useState } from 'react';
import type { CityMeta } from '../../core/places/city.ts';
import { type CityFiles, loadMeta } from './city.ts';

/** What the city is and where. `failed` when its file cannot be had: the map then shows the overlays alone. */
export function useCity(files: CityFiles, enabled: boolean): { city: CityMeta | null; failed: boolean } {
  const [city, setCity] = useState<CityMeta | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    loadMeta(files, stop.signal).then(setCity, () => setFailed(!stop.signal.aborted));
    return () => stop.abort();
  }, [files, enabled]);
  return { city, failed };
}
