import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ComponentTable } from '../../../../core/places/city.ts';
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
    if (city && components) scene?.setData('oh-components', componentPoints(components, city.meta.county, lang));
  }, [scene, city, components, lang]);
  return { tip: ({ selection }) => (selection ? [selection.id] : []) };
}

/** Facilities, and whatever of the city is found by what is typed. */
export function useFacilities({ scene, city, lang, typed }: MapView): OnMap {
  const { t } = useTranslation();
  const places = usePlacesFound(typed);
  const found = useMemo(() => places.map((place) => findable(place, typed)), [places, typed]);
  useEffect(() => {
    if (city) scene?.setData('oh-facilities', facilityPoints(city.facilities, lang));
  }, [scene, city, lang]);
  return {
    tip: ({ properties: { kind } }) => (typeof kind === 'string' ? [t(`situation:facility.${kind}`)] : []),
    found,
  };
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
