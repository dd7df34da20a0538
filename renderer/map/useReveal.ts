import { useCallback, useEffect, useRef } from 'react';
import type { Selection } from '../../contract/features/seats.ts';
import type { LonLat } from '../../core/places/geo.ts';
import type { MapLayers } from './layer.ts';
import type { Scene } from './scene.ts';

/** How near the map goes to what no layer says a zoom for, at least. */
const NEAR_ENOUGH = 15;

/** How near a thing is to be seen, at least; of the city itself a person has chosen what he sees. */
export function usefulZoom({ kinds }: Pick<MapLayers, 'kinds'>, { kind }: Selection): number | undefined {
  if (kind === 'place' || kind === 'component') return undefined;
  return kinds.get(kind)?.zoom ?? NEAR_ENOUGH;
}

/**
 * Goes to what has been selected, once: where the person moves the map to from there is his own.
 *
 * @returns to be told what the person has pointed at on this map: he sees it, and the map stays
 */
export function useReveal(
  scene: Scene | null,
  layers: Pick<MapLayers, 'kinds'>,
  selection: Selection | null,
  placeOf: (selection: Selection) => LonLat | null,
): (pointed: Selection | null) => void {
  const done = useRef<{ scene: Scene; selection: Selection } | null>(null);
  const pointed = useRef<Selection | null>(null);

  useEffect(() => {
    if (!scene) return;
    if (!selection) return scene.stay();
    const { current } = done;
    if (current?.scene === scene && isOne(current.selection, selection)) return;
    const at = placeOf(selection);
    if (!at) return; // What moves may not have been heard of yet.
    done.current = { scene, selection };
    if (pointed.current !== null && isOne(pointed.current, selection)) scene.stay();
    else scene.reveal(at, usefulZoom(layers, selection));
  }, [scene, layers, selection, placeOf]);

  return useCallback((thing) => {
    pointed.current = thing;
  }, []);
}

function isOne(a: Selection, b: Selection): boolean {
  return a.kind === b.kind && a.id === b.id;
}
