import 'maplibre-gl/dist/maplibre-gl.css';
import type { StyleSpecification } from 'maplibre-gl';
import { encodeUnits, type UnitRecord } from '../../contract/units.ts';
import { createAlarmMarks } from '../../renderer/features/alarms/map/alarmMarks.ts';
import { alarmPoints } from '../../renderer/features/alarms/map/alarmPoints.ts';
import { alarmLayer } from '../../renderer/features/alarms/map/layer.ts';
import { unitLayer } from '../../renderer/features/units/map/layer.ts';
import { createUnits, type UnitsOnMap } from '../../renderer/features/units/map/unitsOnMap.ts';
import type { View } from '../../renderer/map/frames.ts';
import { joinMapLayers } from '../../renderer/map/joinMapLayers.ts';
import { createScene, type Scene } from '../../renderer/map/scene.ts';
import { createVisibility } from '../../renderer/map/visibility.ts';
import { alarmView } from '../fakes/alarmView.ts';

/** The real scene on a black ground, with a clock that the test sets. */
const GROUND: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#000000' } }],
};

const container = document.getElementById('map');
if (!container) throw new Error('the page has no #map');
const time = { now: 0 };
const layers = joinMapLayers([unitLayer, alarmLayer]);
const scene = createScene({
  layers,
  container,
  style: GROUND,
  theme: 'dark',
  bounds: null,
  files: { base: () => window.location.origin, headers: () => ({}) },
  visibility: createVisibility(null, layers.switches).getState(),
  magnified: 1,
  inset: () => 0,
  now: () => time.now,
  onLost: () => undefined,
});
scene.map.jumpTo({ center: [121.92, 29.17], zoom: 16 });
const units = createUnits(() => time.now);
/** What part of the world the sheet was drawn for last. */
let drawnFor: View | null = null;
const { render } = units;
Object.assign(units, {
  render(gl: WebGL2RenderingContext, view: View) {
    drawnFor = view;
    render(gl, view);
  },
});
scene.draw('units', units);
const sheet = canvasOver(canvasOver(scene.map.getCanvas()));
const paper = canvasOver(sheet);
const marks = createAlarmMarks();

function canvasOver({ nextElementSibling }: HTMLCanvasElement): HTMLCanvasElement {
  if (nextElementSibling instanceof HTMLCanvasElement) return nextElementSibling;
  throw new Error('there is no canvas over this one');
}

const drawnMarks = { heard: (_count: number): void => undefined };
const inked = scene.ink('alarms', { at: marks.at, drawn: (all) => drawnMarks.heard(all.length) });

/** How often the unit has driven on: to and fro, so that it stays on the screen. */
let drives = 0;

/** What was drawn: how many pixels are lit, how bright they are (0…255), and their middle, in page pixels. */
interface Picture {
  lit: number;
  bright: number;
  x: number;
  y: number;
}

/** Whether what is on the screen is what the map looks at: a slow card may have had a frame in hand from before it was sent elsewhere. */
function isThere(): boolean {
  const { lng, lat } = scene.map.getCenter();
  const near = (a: number | undefined, b: number) => Math.abs((a ?? Number.NaN) - b) < 1e-9;
  return near(drawnFor?.zoom, scene.map.getZoom()) && near(drawnFor?.lon, lng) && near(drawnFor?.lat, lat);
}

/** Sets the clock, has map and sheet drawn where the map is now and reads the sheet back. */
function picture(now: number): Promise<Picture> {
  time.now = now;
  return new Promise((resolve) => {
    const forget = scene.onSeen(() => {
      if (!isThere()) {
        scene.map.triggerRepaint();
        return;
      }
      forget();
      const gl = sheet.getContext('webgl2');
      if (!gl) throw new Error('no context');
      const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
      const pixels = new Uint8Array(width * height * 4);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
      let lit = 0;
      let bright = 0;
      let x = 0;
      let y = 0;
      for (let i = 0; i < width * height; i++) {
        if ((pixels[i * 4 + 3] ?? 0) < 128) continue;
        lit++;
        bright += pixels[i * 4] ?? 0;
        x += i % width;
        y += height - 1 - Math.floor(i / width);
      }
      resolve({ lit, bright: bright / Math.max(1, lit), x: lit ? x / lit : 0, y: lit ? y / lit : 0 });
    });
    scene.map.triggerRepaint();
  });
}

const api = {
  scene: scene as Scene,
  units: units as UnitsOnMap,
  picture,
  frame(now: number, records: UnitRecord[]) {
    time.now = now;
    units.accept(encodeUnits(records, records.length, 1));
    scene.map.triggerRepaint();
  },
  /** A unit drives on: frames of the map until the sheet is drawn, which then shows something. */
  async driven(lon: number, lat: number): Promise<{ map: number; seen: boolean }> {
    let frames = 0;
    const counting = scene.map.on('render', () => {
      frames++;
    });
    const drawn = new Promise<boolean>((resolve) => {
      const { render } = units;
      Object.assign(units, {
        render(gl: WebGL2RenderingContext, view: View) {
          render(gl, view);
          Object.assign(units, { render });
          resolve(gl.canvas === sheet);
        },
      });
    });
    time.now += 1000;
    drives++;
    units.accept(
      encodeUnits(
        [{ index: 0, lon: lon + (drives % 2 ? 0.005 : -0.005), lat, heading: 90, status: 'enroute', age: 0 }],
        1,
        1,
      ),
    );
    const seen = await drawn;
    counting.unsubscribe();
    return { map: frames, seen };
  },
  /**
   * Alarms come at places, in the stead of those before. How many marks stand for them, how many pixels of the paper are lit around the
   * first, and how many frames of the map were drawn for it.
   */
  async alarms(places: { lon: number; lat: number }[]): Promise<{ marks: number; lit: number; frames: number }> {
    let frames = 0;
    const counting = scene.map.on('render', () => {
      frames++;
    });
    const drawn = new Promise<number>((resolve) => {
      drawnMarks.heard = resolve;
    });
    const alarms = places.map((at, i) => {
      const alarm = alarmView(`A${i}`, { level: 1 });
      return { ...alarm, place: { ...alarm.place, ...at } };
    });
    marks.put(() => alarmPoints(alarms, { chosen: null, spread: new Set() }, (text) => text.en));
    inked.changed();
    const count = await drawn;
    counting.unsubscribe();
    const { x, y } = scene.map.project(places[0] ?? scene.map.getCenter());
    const ratio = paper.width / paper.clientWidth;
    const around = paper.getContext('2d')?.getImageData((x - 13) * ratio, (y - 13) * ratio, 26 * ratio, 26 * ratio);
    let lit = 0;
    for (let i = 3; i < (around?.data.length ?? 0); i += 4) if ((around?.data[i] ?? 0) > 128) lit++;
    return { marks: count, lit, frames };
  },
  /** Changes the theme. What the very next frame shows, and how much of the map was loaded anew for it. */
  async light(now: number): Promise<Picture & { anew: number }> {
    let anew = 0;
    const loading = scene.map.on('dataloading', () => {
      anew++;
    });
    scene.restyle({ ...GROUND }, 'light');
    const seen = await picture(now);
    loading.unsubscribe();
    return { ...seen, anew };
  },
  ready: () => scene.map.isStyleLoaded() === true,
  project: (lon: number, lat: number) => {
    const { x, y } = scene.map.project([lon, lat]);
    return { x, y };
  },
};

export type MapUnitsPage = typeof api;
Object.assign(window, { api });
