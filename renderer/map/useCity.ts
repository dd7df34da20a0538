import { useEffect, useState } from 'react';
import type { ComponentTable } from '../../core/places/city.ts';
import { type CityData, type CityFiles, loadCity, loadComponents, loadFeatures } from './city.ts';
import type { Findable } from './search/find.ts';
import { cellFindables, roadFindables } from './search/findables.ts';

/** The city's names and places. `failed` when the hall has no city: the map then shows the overlays alone. */
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

/** Components, from the moment they are wanted. */
export function useComponents(files: CityFiles, wanted: boolean): ComponentTable | null {
  const [table, setTable] = useState<ComponentTable | null>(null);
  const load = wanted && table === null;
  useEffect(() => {
    if (!load) return;
    const stop = new AbortController();
    // Without them the layer stays empty; the note about a missing city is already on the screen.
    loadComponents(files, stop.signal).then(setTable, () => undefined);
    return () => stop.abort();
  }, [files, load]);
  return table;
}

/** Names of roads and codes of cells, for the search; asked for when the search is first used. */
export function useNames(files: CityFiles, wanted: boolean): readonly Findable[] {
  const [names, setNames] = useState<readonly Findable[]>([]);
  const load = wanted && names.length === 0;
  useEffect(() => {
    if (!load) return;
    const stop = new AbortController();
    const take = async () => {
      const [roads, cells] = await Promise.all([
        loadFeatures(files, 'roads.geojson', stop.signal),
        loadFeatures(files, 'grid-cells.geojson', stop.signal),
      ]);
      setNames([...roadFindables(roads), ...cellFindables(cells)]);
    };
    take().catch(() => undefined);
    return () => stop.abort();
  }, [files, load]);
  return names;
}
