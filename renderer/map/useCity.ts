import { useEffect, useState } from 'react';
import { type CityData, type CityFiles, loadCity } from './city.ts';

/** The city's names and places. `failed` when its files cannot be had: the map then shows the overlays alone. */
export function useCity(files: CityFiles, enabled: boolean): { city: CityData | null; failed: boolean } {
  const [city, setCity] = useState<CityData | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    loadCity(files, stop.signal).then(setCity, () => setFailed(!stop.signal.aborted));
    return () => stop.abort();
  }, [files, enabled]);
  return { city, failed };
}
