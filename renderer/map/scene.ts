import { type GeoJSONSource, Map as MapLibreMap, type StyleSpecification } from 'maplibre-gl';
import type { UnitEntry } from '../../contract/features/units.ts';
import { UNIT_STATUSES } from '../../core/units/unit.ts';
import type { CityFiles } from './city.ts';
import { type Hit, hitAt } from './hit.ts';
import { prepareMapLibrary } from './library.ts';
import { createMarks, type Marks } from './marks.ts';
import { type Collection, EMPTY } from './overlays/collections.ts';
import { ABOVE_UNITS, BASE_GROUPS, overlayLayers, SOURCES, type SourceName } from './overlays/layers.ts';
import { addSymbols } from './overlays/symbols.ts';
import { paceRepaints } from './pace.ts';
import { type MapTheme, PALETTES } from './palette.ts';
import { UNIT_LAYER, UnitLayer } from './units/layer.ts';
import { statusBits, unitLooks } from './units/roster.ts';
import { UnitTrack } from './units/track.ts';
import { MAP_LAYERS, type MapVisibility } from './visibility.ts';

interface SceneOptions {
  container: HTMLElement;
  style: StyleSpecification;
  theme: MapTheme;
  bounds: readonly [number, number, number, number] | null;
  files: CityFiles;
  /** Pixels on the left that a panel covers: the whole city is shown beside it. */
  inset(): number;
  visibility: MapVisibility;
  /** Monotonic ms since the window began: the units' time. */
  now(): number;
  /** Where a fault that a person should hear of is said; null when it is over. */
  onFault(fault: 'context-lost' | 'units' | null): void;
}

/** The map with everything on it, driven from outside; nothing in it knows of React or of the wire. */
export interface Scene {
  readonly map: MapLibreMap;
  readonly track: UnitTrack;
  readonly marks: Marks;
  /** The units' time. */
  now(): number;
  restyle(style: StyleSpecification, theme: MapTheme): void;
  show(visibility: MapVisibility): void;
  /** GeoJSON, or the address of a file of it. */
  setData(source: SourceName, data: Collection | string): void;
  /** Singles out cameras by colour, whatever the zoom. */
  setWatched(cameras: ReadonlySet<string>): void;
  /** Dims cameras that give no picture. */
  setGone(cameras: ReadonlySet<string>): void;
  setDirectory(directory: readonly UnitEntry[]): void;
  directory(): readonly UnitEntry[];
  /** Takes one units frame off the wire. @throws RangeError when it is not one */
  acceptUnits(payload: Uint8Array): void;
  /** Directory indices, -1 for none. */
  markUnits(selected: number, hovered: number): void;
  hit(x: number, y: number): Hit | null;
  /** Goes to a place, gently, if it is off the screen or too small to see there. */
  reveal(at: { lon: number; lat: number }, zoom?: number): void;
  /** Goes to a place in any case. */
  goTo(at: { lon: number; lat: number }, zoom: number): void;
  fit(): void;
  remove(): void;
}

/** Builds the scene. The container must be in the page and WebGL 2 must be there. */
export function createScene(options: SceneOptions): Scene {
  prepareMapLibrary();
  const { now } = options;
  const track = new UnitTrack();
  const data = new Map<SourceName, Collection | string>();
  let { style, theme, visibility } = options;
  let watched: ReadonlySet<string> = new Set();
  let gone: ReadonlySet<string> = new Set();
  let directory: readonly UnitEntry[] = [];
  let hidden: ReadonlySet<number> = new Set();
  let units: UnitLayer | null = null;
  let marked: [number, number] = [-1, -1];

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
    transformRequest: (url) =>
      url.startsWith(options.files.base()) ? { url, headers: options.files.headers() } : { url },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  paceRepaints(map);
  const marks = createMarks(map);

  const shownUnit = (slot: number): boolean =>
    visibility.layers.units &&
    !hidden.has(track.indexAt(slot)) &&
    !visibility.hiddenStatuses.has(UNIT_STATUSES[track.statusAt(slot)] ?? 'off');

  const lookAgain = (): void => {
    hidden = new Set(
      visibility.hiddenDepartments.size === 0
        ? []
        : directory.flatMap((unit, i) => (visibility.hiddenDepartments.has(unit.department) ? [i] : [])),
    );
    units?.setLooks(unitLooks(directory, visibility.hiddenDepartments));
    units?.setStatuses(statusBits(visibility.hiddenStatuses));
  };

  /** Puts sources, symbols and layers on a style that has none of them. */
  const install = (): void => {
    const palette = PALETTES[theme];
    addSymbols(map, palette);
    for (const source of SOURCES) {
      if (map.getSource(source)) continue;
      map.addSource(source, { type: 'geojson', data: data.get(source) ?? EMPTY, promoteId: 'id', tolerance: 0.3 });
    }
    const firstName = map.getStyle().layers.find((layer) => layer.type === 'symbol')?.id;
    units = new UnitLayer(track, now, palette);
    try {
      if (map.getLayer(UNIT_LAYER)) map.removeLayer(UNIT_LAYER);
      map.addLayer(units);
      options.onFault(null);
    } catch {
      options.onFault('units');
    }
    const hasUnits = map.getLayer(UNIT_LAYER) !== undefined;
    for (const { spec, under } of overlayLayers(palette)) {
      if (map.getLayer(spec.id)) map.removeLayer(spec.id);
      const below = ABOVE_UNITS.has(spec.id) || !hasUnits ? undefined : UNIT_LAYER;
      map.addLayer(spec, under ? firstName : below);
    }
    lookAgain();
    units.setMarks(...marked);
    applyVisibility();
    flag('on', new Set(), watched);
    flag('gone', new Set(), gone);
  };

  const applyVisibility = (): void => {
    for (const { spec, group } of overlayLayers(PALETTES[theme])) {
      if (group && map.getLayer(spec.id)) {
        map.setLayoutProperty(spec.id, 'visibility', visibility.layers[group] ? 'visible' : 'none');
      }
    }
    for (const group of MAP_LAYERS) {
      for (const id of BASE_GROUPS[group] ?? []) {
        if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', visibility.layers[group] ? 'visible' : 'none');
      }
    }
    if (map.getLayer(UNIT_LAYER)) {
      map.setLayoutProperty(UNIT_LAYER, 'visibility', visibility.layers.units ? 'visible' : 'none');
    }
  };

  const flag = (key: 'on' | 'gone', before: ReadonlySet<string>, after: ReadonlySet<string>): void => {
    for (const source of ['oh-cameras', 'oh-cones']) {
      if (!map.getSource(source)) continue;
      for (const id of before) if (!after.has(id)) map.removeFeatureState({ source, id }, key);
      for (const id of after) map.setFeatureState({ source, id }, { [key]: true });
    }
  };

  map.on('style.load', install);
  map.on('webglcontextlost', () => {
    units = null;
    options.onFault('context-lost');
  });
  map.on('webglcontextrestored', () => map.setStyle(style, { diff: false }));

  return {
    map,
    track,
    marks,
    now,
    restyle(next, nextTheme) {
      if (next === style && nextTheme === theme) return;
      style = next;
      theme = nextTheme;
      map.setStyle(next, { diff: false });
    },
    show(next) {
      visibility = next;
      applyVisibility();
      lookAgain();
    },
    setData(source, collection) {
      data.set(source, collection);
      // What goes wrong with the data also comes as the map's own error event.
      (map.getSource(source) as GeoJSONSource | undefined)?.setData(collection).catch(() => undefined);
    },
    setWatched(next) {
      flag('on', watched, next);
      watched = next;
    },
    setGone(next) {
      flag('gone', gone, next);
      gone = next;
    },
    setDirectory(next) {
      directory = next;
      lookAgain();
    },
    directory: () => directory,
    acceptUnits(payload) {
      track.accept(payload, now());
      map.triggerRepaint();
    },
    markUnits(selected, hovered) {
      marked = [selected, hovered];
      units?.setMarks(selected, hovered);
    },
    hit: (x, y) => hitAt(map, { track, now, directory: () => directory, visible: shownUnit }, x, y),
    reveal(at, zoom) {
      const p = map.project([at.lon, at.lat]);
      const { clientWidth, clientHeight } = map.getCanvas();
      const edge = 48;
      const inside = p.x > edge && p.y > edge && p.x < clientWidth - edge && p.y < clientHeight - edge;
      if (inside && (zoom === undefined || map.getZoom() >= zoom - 2)) return;
      map.easeTo({ center: [at.lon, at.lat], zoom: Math.max(map.getZoom(), zoom ?? 0), duration: 700 });
    },
    goTo(at, zoom) {
      map.easeTo({ center: [at.lon, at.lat], zoom, duration: 700 });
    },
    fit() {
      if (options.bounds) map.fitBounds(box(options.bounds), { padding: room(), duration: 700 });
    },
    remove() {
      marks.remove();
      map.remove();
    },
  };
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
