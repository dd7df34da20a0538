import { type ReactNode, useCallback, useMemo } from 'react';
import type { Selection } from '../../contract/features/seats.ts';
import type { LonLat } from '../../core/places/geo.ts';
import type { MapLayers, MapView, OnMap } from './layer.ts';
import type { Hit } from './pointed.ts';
import type { Findable } from './search/find.ts';

/** What all layers of a map add to it, joined. */
export interface AllOnMap {
  readonly notes: readonly { readonly layer: string; readonly notes: ReactNode }[];
  readonly legends: readonly { readonly layer: string; readonly legend: ReactNode }[];
  tip(hit: Hit): readonly string[];
  /** Where a thing is now if a layer knows, else where it was selected. The same function until one would answer otherwise. */
  readonly placeOf: (selection: Selection) => LonLat | null;
  /** Tells the layer of the hit that a person has pointed at it, and the others that he has not. The same function until one would do otherwise. */
  readonly pointed: (hit: Hit | null) => void;
  things(): readonly Findable[];
  readonly found: readonly Findable[];
}

/** Lets each layer put its data on the map. A map has the same layers as long as it is there. */
export function useOnMap({ layers }: MapLayers, view: MapView): AllOnMap {
  const hooks = layers.map(({ id, useLayer }) => ({ layer: id, hook: useLayer }));
  const each: (OnMap & { layer: string })[] = hooks.map(({ layer, hook }) => ({ ...hook?.(view), layer }));
  const places = each.map(({ placeOf }) => placeOf);
  const lists = each.map(({ found }) => found);
  const placeOf = useCallback(
    (selection: Selection) => {
      for (const place of places) {
        const at = place?.(selection);
        if (at) return at;
      }
      return selection.at;
    },
    // biome-ignore lint/correctness/useExhaustiveDependencies: as many as there are layers, and always the same
    places,
  );
  const listeners = each.map(({ pointed }) => pointed);
  const pointed = useCallback(
    (hit: Hit | null) => {
      for (const [i, { id }] of layers.entries()) listeners[i]?.(hit?.layer === id ? hit : null);
    },
    // biome-ignore lint/correctness/useExhaustiveDependencies: as many as there are layers, and always the same
    listeners,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as many as there are layers, and always the same
  const found = useMemo(() => lists.flatMap((list) => list ?? []), lists);
  return {
    notes: each.map(({ layer, notes }) => ({ layer, notes })),
    legends: each.map(({ layer, legend }) => ({ layer, legend })),
    tip: (hit) => each.find(({ layer }) => layer === hit.layer)?.tip?.(hit) ?? [],
    placeOf,
    pointed,
    things: () => each.flatMap(({ things }) => things?.() ?? []),
    found,
  };
}
