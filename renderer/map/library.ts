import { prewarm, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

/**
 * Points MapLibre at its worker as a file of our own origin: `worker-src 'self'` is all the policy it needs, and nothing
 * is compiled from text. The worker starts at once: asked for before there is a map, it is up when the map is made.
 */
export function prepareMapLibrary(): void {
  setWorkerUrl(new URL(workerUrl, window.location.href).href);
  prewarm();
}

/** Whether this machine can draw the map at all. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
