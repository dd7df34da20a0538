import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ComponentRow, FacilityRow } from '../../../../contract/features/places.ts';
import { MOST_LISTED } from '../../../../contract/schema/paging.ts';
import type { ComponentTable } from '../../../../core/places/city.ts';
import { useBridge, useConnection } from '../../../bridge/index.ts';
import { useDirectory } from '../../../desk/hallData.tsx';
import { useKindName } from '../../../desk/words.ts';
import { type CityFiles, loadComponents } from '../../../map/city.ts';
import type { LayerScene, MapView, OnMap } from '../../../map/layer.ts';
import { collection } from '../../../map/overlays/collections.ts';
import { findable, usePlacesFound } from '../placesFound.ts';
import { componentPoints, facilityPoints, registerPoints } from './cityPoints.ts';
import { createComponentCells } from './componentCells.ts';

/** From which on components may be seen. */
const NEAR_ZOOM = 15;

/** The cells of the management grid, when they are first switched on. */
export function useCells({ scene, city, files, visibility }: MapView): OnMap {
  const wanted = useStore(visibility, ({ layers }) => layers.cells === true);
  useEffect(() => {
    if (wanted && city) scene?.setData('oh-cells', `${files.base()}/city/grid-cells.geojson`);
  }, [scene, wanted, city, files]);
  return {};
}

/** Components: those of the made-up city when the map is first near enough to see one, those of the hall's registers where it looks. */
export function useComponents({ scene, files, city, lang, visibility }: MapView): OnMap {
  const wanted = useStore(visibility, ({ layers }) => layers.components === true);
  const near = useNear(scene, NEAR_ZOOM);
  const components = useComponentTable(files, near && city !== null);
  const rows = useRegisterRows(scene, wanted);
  useEffect(() => {
    const played = city && components ? componentPoints(components, city.county, lang).features : [];
    const own = registerPoints(rows, lang).features;
    if (played.length + own.length > 0) scene?.setData('oh-components', collection([...played, ...own]));
  }, [scene, city, components, rows, lang]);
  return { tip: ({ selection }) => (selection ? [selection.id] : []) };
}

/** What the hall's registers have where the map looks, as long as it is near enough and they are switched on. */
function useRegisterRows(scene: LayerScene | null, wanted: boolean): readonly ComponentRow[] {
  const { page } = useBridge();
  const online = useConnection().state === 'open';
  const [rows, setRows] = useState<readonly ComponentRow[]>([]);
  // A hall that is there again may have been started on other files.
  const cells = useMemo(
    () =>
      online
        ? createComponentCells((bounds, after) => page('places.components', { bounds, after, limit: MOST_LISTED }))
        : null,
    [page, online],
  );
  useEffect(() => {
    if (!scene || !wanted || !cells) return;
    let gone = false;
    const look = () => {
      if (scene.map.getZoom() < NEAR_ZOOM) return;
      const bounds = scene.map.getBounds();
      const view = {
        west: bounds.getWest(),
        south: bounds.getSouth(),
        east: bounds.getEast(),
        north: bounds.getNorth(),
      };
      cells.look(view).then(
        (changed) => changed && !gone && setRows(cells.rows()),
        () => undefined, // Asked again at the next move, and when the hall is there again.
      );
    };
    look();
    const moved = scene.map.on('moveend', look);
    return () => {
      gone = true;
      moved.unsubscribe();
    };
  }, [scene, wanted, cells]);
  return rows;
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
