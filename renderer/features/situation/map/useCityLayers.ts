import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FacilityRow } from '../../../../contract/features/places.ts';
import type { ComponentTable } from '../../../../core/places/city.ts';
import { useBridge, useConnection } from '../../../bridge/index.ts';
import { useDirectory } from '../../../desk/hallData.tsx';
import { useKindName } from '../../../desk/words.ts';
import { type CityFiles, loadComponents } from '../../../map/city.ts';
import type { LayerScene, MapView, OnMap } from '../../../map/layer.ts';
import { findable, usePlacesFound } from '../placesFound.ts';
import { componentPoints, facilityPoints } from './cityPoints.ts';

/** The cells of the management grid, when they are first switched on. */
export function useCells({ scene, city, files, visibility }: MapView): OnMap {
  const wanted = useStore(visibility, ({ layers }) => layers.cells === true);
  useEffect(() => {
    if (wanted && city) scene?.setData('oh-cells', `${files.base()}/city/grid-cells.geojson`);
  }, [scene, wanted, city, files]);
  return {};
}

/** Components, when the map is first near enough to see one. */
export function useComponents({ scene, files, city, lang }: MapView): OnMap {
  const near = useNear(scene, 15);
  const components = useComponentTable(files, near && city !== null);
  useEffect(() => {
    if (city && components) scene?.setData('oh-components', componentPoints(components, city.county, lang));
  }, [scene, city, components, lang]);
  return { tip: ({ selection }) => (selection ? [selection.id] : []) };
}

/** Facilities, and whatever of the city is found by what is typed. */
export function useFacilities({ scene, lang, typed }: MapView): OnMap {
  const kindName = useKindName();
  const { kinds } = useDirectory();
  const places = usePlacesFound(typed);
  const found = useMemo(() => places.map((place) => findable(place, typed)), [places, typed]);
  const facilities = useFacilityRows();
  useEffect(() => {
    scene?.setData('oh-facilities', facilityPoints(facilities, [...kinds.values()], lang));
  }, [scene, facilities, kinds, lang]);
  return {
    tip: ({ properties: { kind } }) => (typeof kind === 'string' ? [kindName('facility', kind)] : []),
    found,
  };
}

/** The hall's facilities, once they are read; they do not change while it runs. */
function useFacilityRows(): readonly FacilityRow[] {
  const bridge = useBridge();
  const online = useConnection().state === 'open';
  const [rows, setRows] = useState<readonly FacilityRow[]>([]);
  useEffect(() => {
    if (!online) return;
    let gone = false;
    bridge.every('places.facilities').then(
      (all) => !gone && setRows(all),
      () => undefined, // Asked again when the hall is there again; until then the map is without them.
    );
    return () => {
      gone = true;
    };
  }, [bridge, online]);
  return rows;
}

/** Components, from the moment they are wanted. */
function useComponentTable(files: CityFiles, wanted: boolean): ComponentTable | null {
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

/** True once the map has been as near as `zoom`. */
function useNear(scene: LayerScene | null, zoom: number): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!scene || near) return;
    const look = () => {
      if (scene.map.getZoom() >= zoom) setNear(true);
    };
    look();
    const moved = scene.map.on('moveend', look);
    return () => moved.unsubscribe();
  }, [scene, near, zoom]);
  return near;
}
