import { addProtocol, prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { BASEMAP_SCHEME } from './basemap/area.ts';
import type { HallBasemap } from './basemap/hallBasemap.ts';

/**
 * Points MapLibre at its worker as a file of our own origin: `worker-src 'self'` is all the policy it needs, and nothing
 * is compiled from text. The worker starts at once: asked for before there is a map, it is up when the map is made.
 */
export function prepareMapLibrary(): void {
  setWorkerUrl(new URL(workerUrl, window.location.href).href);
  prewarm();
}

/** From now on the maps of this page draw the tiles of this basemap: a page is of one hall, and a hall has one. */
export function drawTilesOf({ tile }: HallBasemap): void {
  addProtocol(BASEMAP_SCHEME, async ({ url }, { signal }) => ({ data: await tile(url, signal) }));
}

/** Whether this machine can draw the map at all. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
