import 'maplibre-gl/dist/maplibre-gl.css';
import { type GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { encodeUnits } from '../../contract/units.ts';
import { createUnits } from '../../renderer/features/units/map/unitsOnMap.ts';
import { drawFrames } from '../../renderer/map/frames.ts';
import { prepareMapLibrary } from '../../renderer/map/library.ts';
import { PALETTES } from '../../renderer/map/palette.ts';
import { createSheet } from '../../renderer/map/sheet.ts';

const CENTRE = { lon: 121.95, lat: 29.18 };
const FRAMES = 4;

prepareMapLibrary();
const container = document.getElementById('map');
if (!container) throw new Error('the page has no #map');
const map = new MapLibreMap({
  container,
  style: {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#0a0f17' } }],
  },
  center: [CENTRE.lon, CENTRE.lat],
  zoom: 12.5,
  attributionControl: false,
  fadeDuration: 0,
});

/** Where unit `i` of `n` is in the `frame`th of a few frames: on a grid over the city, driving east. */
function positionOf(i: number, n: number, frame: number): [number, number] {
  const side = Math.ceil(Math.sqrt(n));
  return [
    CENTRE.lon + ((i % side) / side - 0.5) * 0.14 + frame * 2e-4,
    CENTRE.lat + (Math.floor(i / side) / side - 0.5) * 0.09,
  ];
}

/** Waits for the next repaint and for the card to have finished what is on a canvas. */
function painted(canvas: HTMLCanvasElement, done: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!done()) {
        map.triggerRepaint();
        return;
      }
      painting.unsubscribe();
      const gl = canvas.getContext('webgl2');
      gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      resolve();
    };
    const painting = map.on('render', look);
    map.triggerRepaint();
  });
}

/** Updates a second, over at least `seconds` and three updates after one to warm up. */
async function pace(seconds: number, update: (n: number) => Promise<void>): Promise<number> {
  await update(0);
  const began = performance.now();
  let n = 0;
  while (n < 3 || performance.now() - began < seconds * 1000) await update(++n);
  return (n * 1000) / (performance.now() - began);
}

const api = {
  ready: () => map.isStyleLoaded() === true,

  /** Our layer: a frame off the wire to pixels, with a frame of the map for each. */
  async units(n: number, seconds: number): Promise<number> {
    const units = createUnits(() => performance.now());
    units.dress(PALETTES.dark);
    const gl = map.getCanvas().getContext('webgl2');
    if (!gl) throw new Error('the map has no card');
    // As fast as it can, not at the card's pace.
    const frames = drawFrames(map, gl, { wait: 0, took: 0 });
    const sheet = createSheet({ map, frames });
    sheet.put(units);
    const canvas = map.getCanvas().nextElementSibling;
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('the map has no sheet over it');
    const payloads = Array.from({ length: FRAMES }, (_, frame) =>
      encodeUnits(
        Array.from({ length: n }, (_, i) => {
          const [lon, lat] = positionOf(i, n, frame);
          return { index: i, lon, lat, heading: 90, status: 'enroute' as const, age: 0 };
        }),
        n,
        1,
        false,
      ),
    );
    const rate = await pace(seconds, async (k) => {
      units.accept(payloads[k % FRAMES] ?? new Uint8Array());
      await painted(canvas, () => true);
    });
    sheet.remove();
    return rate;
  },

  /** MapLibre's own way: the same positions as GeoJSON, until its tiles are drawn. */
  async setData(n: number, seconds: number): Promise<number> {
    const collections = Array.from({ length: FRAMES }, (_, frame) => ({
      type: 'FeatureCollection' as const,
      features: Array.from({ length: n }, (_, i) => ({
        type: 'Feature' as const,
        properties: {},
        geometry: { type: 'Point' as const, coordinates: positionOf(i, n, frame) },
      })),
    }));
    map.addSource('points', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: 'points',
      type: 'circle',
      source: 'points',
      paint: { 'circle-radius': 2.2, 'circle-color': '#dfe9f4' },
    });
    const rate = await pace(seconds, async (k) => {
      const data = collections[k % FRAMES];
      if (data) await map.getSource<GeoJSONSource>('points')?.setData(data);
      await painted(map.getCanvas(), () => map.areTilesLoaded());
    });
    map.removeLayer('points');
    map.removeSource('points');
    return rate;
  },
};

export type MapBenchPage = typeof api;
Object.assign(window, { bench: api });
