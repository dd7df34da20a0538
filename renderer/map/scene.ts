import { type LayerSpecification, Map as MapLibreMap, type StyleSpecification } from 'maplibre-gl';
import type { Selection } from '../../contract/features/seats.ts';
import { ARCHIVE_SOURCE } from './basemap/area.ts';
import { followMissingTiles } from './basemap/missingTiles.ts';
import type { CityFiles } from './city.ts';
import { dress } from './dress.ts';
import { createFrame } from './frame.ts';
import { hitAt } from './hit.ts';
import { createPaper } from './ink/paper.ts';
import type { Drawing, LayerScene, MapLayer, MapLayers } from './layer.ts';
import { prepareMapLibrary } from './library.ts';
import { createNews } from './news.ts';
import type { Collection } from './overlays/collections.ts';
import { standOn } from './overlays/stand.ts';
import { symbolsOf } from './overlays/symbols.ts';
import { paceRepaints } from './pace.ts';
import { type MapTheme, PALETTES } from './palette.ts';
import type { Hit } from './pointed.ts';
import { createSeries } from './series.ts';
import { createSheet } from './sheet.ts';
import type { MapVisibility } from './visibility.ts';

interface SceneOptions {
  container: HTMLElement;
  layers: MapLayers;
  style: StyleSpecification;
  theme: MapTheme;
  bounds: readonly [number, number, number, number] | null;
  files: CityFiles;
  /** Pixels on the left that a panel covers: the whole city is shown beside it. */
  inset(): number;
  visibility: MapVisibility;
  /** How much larger than drawn it is shown: the card draws so much finer. */
  magnified: number;
  /** Monotonic ms since the window began. */
  now(): number;
  /** Whether the card has lost the map, which then comes back by itself. */
  onLost(lost: boolean): void;
}

/** The map with everything on it, driven from outside; nothing in it knows of React, of the wire or of what it shows. */
export interface Scene extends LayerScene {
  /** Another look, of the same sources and layers: what is drawn stays on the screen. */
  restyle(style: StyleSpecification, theme: MapTheme): void;
  show(visibility: MapVisibility): void;
  /** `heard` is told when a frame of the map is on the screen, and whether all was there for it. Answers how to have it told no more. */
  onSeen(heard: (whole: boolean) => void): () => void;
  /** For how many ms something that the hall has told has not been put on it. */
  newsWaitedMs(): number;
  /** A frame around a place; null for none. */
  frame(at: { lon: number; lat: number } | null): void;
  /** Tells what draws by itself what is selected and what is under the pointer. */
  mark(selected: Selection | null, hovered: Selection | null): void;
  hit(x: number, y: number): Hit | null;
  /** Goes to a place, gently where the card can, if it is off the screen or farther away than `zoom`; never farther away than the person is. */
  reveal(at: { lon: number; lat: number }, zoom?: number): void;
  /** Goes nowhere that it was still to go to: a person is where he wants to be. */
  stay(): void;
  /** Goes to a place in any case. */
  goTo(at: { lon: number; lat: number }, zoom: number): void;
  fit(): void;
  /** Asks again for tiles of the hall's basemap that could not be had. */
  completeBasemap(): void;
  remove(): void;
}

/** A zoom so much less is as good. */
const NEARLY = 1;

/** Builds the scene. The container must be in the page and WebGL 2 must be there. */
export function createScene(options: SceneOptions): Scene {
  prepareMapLibrary();
  const { now } = options;
  const { layers, clickable, switches } = options.layers;
  const flags = new Map<string, { sources: readonly string[]; ids: ReadonlySet<string> }>();
  const drawings = new Map<string, Drawing>();
  let { style, theme, visibility } = options;
  let marked: readonly [Selection | null, Selection | null] = [null, null];
  /** Whether the style has our layers. */
  let installed = false;
  let lost = false;
  /** Whether all of it has been seen: until then there is nothing to fly from. */
  let seen = false;

  const room = () => ({ top: 24, right: 24, bottom: 24, left: 24 + options.inset() });
  const map = new MapLibreMap({
    container: options.container,
    style,
    ...(options.bounds ? { bounds: box(options.bounds), fitBoundsOptions: { padding: room() } } : {}),
    attributionControl: false,
    maplibreLogo: false,
    localIdeographFontFamily: "'Noto Sans SC','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif",
    // North is up and the map is flat, so that every screen of a hall says the same.
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    maxPitch: 0,
    minZoom: 8,
    maxZoom: 20,
    renderWorldCopies: false,
    fadeDuration: 120,
    pixelRatio: options.magnified * window.devicePixelRatio,
    transformRequest: (url) =>
      url.startsWith(options.files.base()) ? { url, headers: options.files.headers() } : { url },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const completeBasemap = followMissingTiles(map, ARCHIVE_SOURCE);
  const paced = paceRepaints(map);
  const stand = standOn(map, layers);
  const frame = createFrame(map);
  const isOn = (group: string | null) => group === null || visibility.layers[group] === true;
  const paperOver = (over: HTMLCanvasElement, marked: readonly MapLayer[]) =>
    createPaper({
      ...{ map, over, now, frames: paced?.frames, palette: PALETTES[theme] },
      layers: marked.filter(({ marks }) => marks),
      isOn: (layer) => isOn(layer.marks?.group ?? null),
    });
  // What moves hides what stands still, but no mark of a layer above it.
  const moving = layers.findIndex(({ drawn }) => drawn);
  const ground = paperOver(map.getCanvas(), layers.slice(0, Math.max(0, moving)));
  const sheet = createSheet({ map, over: ground.canvas, pace: paced?.pace, frames: paced?.frames });
  const top = paperOver(sheet.canvas, layers.slice(Math.max(0, moving)));
  const papers = [ground, top];
  const paperOf = (layer: string) => (layers.findIndex(({ id }) => id === layer) < moving ? ground : top);

  const drawSymbols = (): void => {
    const palette = PALETTES[theme];
    const add = symbolsOf(map, palette);
    for (const { symbols } of layers) symbols?.(add, palette);
  };

  /** Puts sources, symbols and layers on a style that has none of them, from the ground up. */
  const install = (): void => {
    const palette = PALETTES[theme];
    options.onLost(false);
    drawSymbols();
    stand.install(palette);
    installed = true;
    applyVisibility();
    for (const [flag, { sources, ids }] of flags) setFlags(flag, sources, new Set(), ids);
  };

  const applyVisibility = (): void => {
    const set = (layer: string, on: boolean) => {
      if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', on ? 'visible' : 'none');
    };
    for (const { spec, group } of stand.specs(PALETTES[theme])) if (group !== null) set(spec.id, isOn(group));
    for (const { id, drawn } of layers) {
      const drawing = drawn && drawings.get(id);
      if (drawing) sheet.show(drawing, isOn(drawn.group));
    }
    for (const paper of papers) paper.switched();
    for (const { id: group, base } of switches) for (const layer of base ?? []) set(layer, isOn(group));
  };

  const setFlags = (
    flag: string,
    sources: readonly string[],
    before: ReadonlySet<string>,
    after: ReadonlySet<string>,
  ): void => {
    for (const source of sources) {
      if (!map.getSource(source)) continue;
      for (const id of before) if (!after.has(id)) map.removeFeatureState({ source, id }, flag);
      for (const id of after) map.setFeatureState({ source, id }, { [flag]: true });
    }
  };

  const answer = (layer: string, x: number, y: number) => {
    const drawing = drawings.get(layer);
    if (!drawing) return paperOf(layer).hit(layer, x, y);
    return isOn(drawnGroup(layers, layer)) ? drawing.hit(map, x, y) : null;
  };

  const isSlow = () => paced?.pace.slow === true;

  const go = (at: { lon: number; lat: number }, zoom: number): void => {
    const there = { center: [at.lon, at.lat] as [number, number], zoom };
    // A flight of two frames shows no way, and holds up whoever goes on by key.
    if (seen && !isSlow()) map.easeTo({ ...there, duration: 700 });
    else map.jumpTo(there);
  };

  const reveal = (at: { lon: number; lat: number }, zoom?: number): void => {
    const p = map.project([at.lon, at.lat]);
    const { clientWidth, clientHeight } = map.getCanvas();
    const edge = 48;
    const inside = p.x > edge && p.y > edge && p.x < clientWidth - edge && p.y < clientHeight - edge;
    if (inside && (zoom === undefined || map.getZoom() >= zoom - NEARLY)) return;
    go(at, Math.max(map.getZoom(), zoom ?? 0));
  };

  const put = (source: string, collection: Collection | string): void => {
    if (!stand.put(source, collection, installed ? PALETTES[theme] : null)) return;
    applyVisibility();
    for (const [flag, { sources, ids }] of flags)
      if (sources.includes(source)) setFlags(flag, [source], new Set(), ids);
  };

  const series = createSeries(now, isSlow);
  const news = createNews(now, () => (isSlow() ? (paced?.pace.due ?? 0) : 0), put);

  const setStyle = (): void => {
    installed = false;
    map.setStyle(style, { diff: false });
  };

  /** Every layer that is on the map, ours included, as it looks in the theme. */
  const dressed = (): LayerSpecification[] =>
    [...style.layers, ...stand.specs(PALETTES[theme]).map(({ spec }) => spec)].filter(({ id }) => map.getLayer(id));

  map.on('style.load', install);
  // Moved by a person it goes nowhere by itself any more.
  map.on('movestart', ({ originalEvent }: { originalEvent?: unknown }) => {
    if (originalEvent !== undefined) series.stay();
  });
  paced?.frames.onSeen((whole) => {
    seen ||= whole;
  });
  map.on('webglcontextlost', () => {
    installed = false;
    lost = true;
    options.onLost(true);
  });
  map.on('webglcontextrestored', () => {
    lost = false;
    setStyle();
  });

  return {
    map,
    now,
    onSeen: (heard) => paced?.frames.onSeen(heard) ?? (() => undefined),
    restyle(next, nextTheme) {
      if (next === style && nextTheme === theme) return;
      const before = dressed();
      style = next;
      theme = nextTheme;
      // A card that is lost gets the new look with all the rest.
      if (lost) return;
      if (!installed) {
        setStyle();
        return;
      }
      drawSymbols();
      dress(map, before, dressed());
      for (const drawing of drawings.values()) drawing.dress(PALETTES[theme]);
      for (const paper of papers) paper.dress(PALETTES[theme]);
    },
    show(next) {
      visibility = next;
      applyVisibility();
    },
    setData: put,
    setNews: news.tell,
    newsWaitedMs: news.waitedMs,
    setFlag(flag, sources, ids) {
      setFlags(flag, sources, flags.get(flag)?.ids ?? new Set(), ids);
      flags.set(flag, { sources, ids });
    },
    draw(id, drawing) {
      const drawn = layers.find((each) => each.id === id)?.drawn;
      if (!drawn) throw new Error(`the map layer "${id}" is not one that is drawn: declare its "drawn"`);
      drawings.set(id, drawing);
      drawing.dress(PALETTES[theme]);
      drawing.mark(...marked);
      drawing.placed(sheet.put(drawing));
      sheet.show(drawing, isOn(drawn.group));
      return () => {
        drawings.delete(id);
        sheet.take(drawing);
      };
    },
    ink(layer, marks) {
      if (!layers.some(({ id, marks: has }) => id === layer && has))
        throw new Error(`the map layer "${layer}" has no marks: declare its "marks"`);
      return paperOf(layer).put(layer, marks);
    },
    rest: sheet.rest,
    frame: frame.set,
    mark(selected, hovered) {
      marked = [selected, hovered];
      for (const drawing of drawings.values()) drawing.mark(selected, hovered);
    },
    hit: (x, y) => hitAt(map, clickable, answer, x, y),
    stay: series.stay,
    reveal: (at, zoom) => series.chosen(() => reveal(at, zoom)),
    goTo(at, zoom) {
      series.stay();
      go(at, zoom);
    },
    fit() {
      series.stay();
      if (options.bounds) map.fitBounds(box(options.bounds), { padding: room(), duration: 700 });
    },
    completeBasemap,
    remove() {
      installed = false;
      series.stay();
      news.stop();
      frame.remove();
      sheet.remove();
      for (const paper of papers) paper.remove();
      map.remove();
    },
  };
}

function drawnGroup(layers: readonly MapLayer[], id: string): string | null {
  return layers.find((layer) => layer.id === id)?.drawn?.group ?? null;
}

function box([west, south, east, north]: readonly [number, number, number, number]): [
  [number, number],
  [number, number],
] {
  return [
    [west, south],
    [east, north],
  ];
}
