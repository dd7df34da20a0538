import 'maplibre-gl/dist/maplibre-gl.css';
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Selection } from '../../contract/features/seats.ts';
import type { MapView } from '../../contract/schema/basics.ts';
import { useBehind, useBridge, useConnection } from '../bridge/index.ts';
import { useShortcuts } from '../keys/KeysProvider.tsx';
import type { Lang } from '../ui/format.ts';
import { useSaidOfNow } from '../ui/ticker.tsx';
import { LayerPanel } from './controls/LayerPanel.tsx';
import { MapNote } from './controls/MapNote.tsx';
import { MapSearch } from './controls/MapSearch.tsx';
import { MapTools } from './controls/MapTools.tsx';
import { MeasureNote } from './controls/MeasureNote.tsx';
import { Readout } from './controls/Readout.tsx';
import { Tip } from './controls/Tip.tsx';
import type { MapLayers } from './layer.ts';
import { hasWebGl2, prepareMapLibrary } from './library.ts';
import styles from './map.module.css';
import type { Say } from './overlays/collections.ts';
import type { MapTheme } from './palette.ts';
import type { Hit } from './pointed.ts';
import type { Scene } from './scene.ts';
import type { Findable } from './search/find.ts';
import { useBasemap } from './useBasemap.ts';
import { useBuilding } from './useBuilding.ts';
import { useCity } from './useCity.ts';
import { useMeasure } from './useMeasure.ts';
import { useOnMap } from './useOnMap.ts';
import { useReveal } from './useReveal.ts';
import { cityFiles, useScene } from './useScene.ts';
import { createVisibility } from './visibility.ts';

interface SituationMapProps {
  /** What is on the map; the same object as long as the map is there. */
  layers: MapLayers;
  /** What the seat has selected; it is marked, and shown if it is off the screen. */
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  theme: MapTheme;
  lang: Lang;
  /** Whether search, layers and tools are on the map; a wall has none. */
  controls?: boolean;
  /** How much larger than drawn it is shown: a map is in pixels, whatever the root is, and a wall is read from afar. */
  magnified?: number;
  /** What it looks at, instead of at what is selected; another object goes there again. */
  view?: MapView | null;
  /**
   * Whether the drill city whose files the hall has is this window's: a hall of its own must not show the drill's, and shows its own
   * basemap if it has one. Null while not known.
   */
  hasCity: boolean | null;
  onReady?: (scene: Scene | null) => void;
}

/** The situation map: the city, and on it what features declare. */
export function SituationMap(props: SituationMapProps) {
  const {
    layers,
    selection,
    onSelect,
    theme,
    lang,
    controls = true,
    magnified = 1,
    view = null,
    hasCity,
    onReady,
  } = props;
  const { t } = useTranslation();
  const bridge = useBridge();
  const behind = useBehind();
  const container = useRef<HTMLDivElement>(null);
  const able = useMemo(() => {
    const has = hasWebGl2();
    if (has) prepareMapLibrary();
    return has;
  }, []);
  const files = useMemo(() => cityFiles(bridge), [bridge]);
  const visibility = useMemo(() => createVisibility(storage(), layers.switches), [layers]);
  // Asked for before it is known whether it is to be shown: the first look is not to wait for one after the other.
  const loaded = useCity(files, able && hasCity !== false);
  const city = hasCity ? loaded.city : null;
  const hall = useBasemap(files, able && hasCity === false);
  const basemap = hasCity === false ? hall.basemap : null;
  const failed = hasCity === false ? hall.state === 'none' || hall.state === 'failed' : loaded.failed;
  const [searched, setSearched] = useState(false);
  const bounds = city?.bounds ?? basemap?.area.bounds ?? null;
  const inset = useCallback(() => {
    const node = container.current;
    const open = controls && (visibility.getState().panel ?? isRoomy(node));
    return open && node && node.clientWidth >= 1000 ? PANEL_REM * rootPixels() : 0;
  }, [visibility, controls]);
  const { scene, lost } = useScene(container, {
    magnified,
    bridge,
    layers,
    theme,
    lang,
    bounds,
    visibility,
    inset,
    hasCity: hasCity === true,
    basemap,
    enabled: able && hasCity !== null && (city !== null || basemap !== null || failed),
  });
  const say: Say = useCallback((text) => (lang === 'en' ? text.en : text.zh) || text.zh || text.en, [lang]);
  const [typed, setTyped] = useState('');
  const on = useOnMap(layers, { scene, lang, say, city, files, visibility, selection, searched, typed });
  const { placeOf, pointed } = on;
  const { state: connection } = useConnection();
  useEffect(() => {
    if (connection === 'open') scene?.completeBasemap();
  }, [scene, connection]);
  const building = useBuilding(scene);
  const waits = useSaidOfNow(() => (scene?.newsWaitedMs() ?? 0) > WAITS_MS);
  const measure = useMeasure(scene);
  const hovered = useRef<Selection | null>(null);

  useLayoutEffect(() => {
    onReady?.(scene);
  }, [scene, onReady]);

  useEffect(() => {
    scene?.map.getCanvas().setAttribute('aria-label', t('map:canvas'));
  }, [scene, t]);

  // What is drawn past the style marks what is selected in its own way.
  const own = layers.clickable.some(({ drawn, hits }) => drawn !== undefined && hits.kind === selection?.kind);
  useEffect(() => {
    if (!scene) return;
    scene.mark(selection, hovered.current);
    const at = selection ? placeOf(selection) : null;
    scene.frame(own ? null : at);
  }, [scene, selection, placeOf, own]);

  useEffect(() => {
    if (scene && view) scene.goTo(view, view.zoom);
  }, [scene, view]);

  const point = useReveal(scene, layers, view ? null : selection, placeOf);
  const pointAt = useCallback(
    (pointed: Selection | null) => {
      point(pointed);
      onSelect(pointed);
    },
    [point, onSelect],
  );

  /** Selects what is at a point in pixels, or opens it where it stands for several; `otherwise` where there is only the city. */
  const pick = useCallback(
    (shown: Scene, { x, y }: { x: number; y: number }, otherwise: Selection | null) => {
      const hit = shown.hit(x, y);
      pointed(hit);
      if (hit?.selection !== null) pointAt(hit?.selection ?? otherwise);
    },
    [pointed, pointAt],
  );

  useEffect(() => {
    if (!scene || measure.going) return;
    const { map } = scene;
    const clicked = map.on('click', ({ point: at }) => pick(scene, at, null));
    const asked = map.on('contextmenu', (event) => pointAt(placeAt(event.lngLat)));
    return () => {
      clicked.unsubscribe();
      asked.unsubscribe();
    };
  }, [scene, pick, pointAt, measure.going]);

  useShortcuts([
    {
      // Without a mouse: what is in the middle of the map, or the place itself.
      id: 'map.pick',
      keys: ['shift+enter'],
      scope: 'situation',
      label: 'map:key.pick',
      enabled: () => !measure.going && document.activeElement === scene?.map.getCanvas(),
      run: () => {
        if (!scene) return;
        const centre = scene.map.getCenter();
        pick(scene, scene.map.project(centre), placeAt(centre));
      },
    },
  ]);

  const onHover = useCallback(
    (hit: Hit | null) => {
      hovered.current = hit?.selection ?? null;
      scene?.mark(selection, hovered.current);
    },
    [scene, selection],
  );

  const things = (): readonly Findable[] => {
    setSearched(true);
    return on.things();
  };

  const choose = (thing: Findable) => {
    const found = layers.kinds.get(thing.kind);
    if (!found) return;
    const kind = found.selects;
    const at = thing.at ?? placeOf({ kind, id: thing.id, at: null });
    if (at) scene?.goTo(at, Math.max(found.zoom, scene.map.getZoom()));
    pointAt({ kind, id: thing.id, at: at ? { lon: at.lon, lat: at.lat } : null });
    scene?.map.getCanvas().focus();
  };

  if (!able) return <div className={styles.missing}>{t('map:noWebGl')}</div>;
  return (
    <div className={styles.map}>
      <div
        ref={container}
        className={styles.canvas}
        data-measuring={measure.going}
        style={magnified === 1 ? undefined : { ...whole(1 / magnified), transform: `scale(${magnified})` }}
      />
      {scene && (
        <>
          <Tip scene={scene} words={on.tip} idle={measure.going} onHover={onHover} />
          <Readout scene={scene} magnified={magnified} />
          {controls && (
            <>
              <div className={styles.topLeft}>
                <MapSearch
                  kinds={layers.kinds}
                  things={things}
                  more={on.found}
                  onType={setTyped}
                  onChoose={choose}
                  onLeave={() => scene.map.getCanvas().focus()}
                />
                <LayerPanel store={visibility} switches={layers.switches} roomy={isRoomy(container.current)}>
                  {on.legends.map(({ layer, legend }) => (
                    <Fragment key={layer}>{legend}</Fragment>
                  ))}
                </LayerPanel>
              </div>
              <MapTools
                onZoom={(by) => (by > 0 ? scene.map.zoomIn() : scene.map.zoomOut())}
                onFit={scene.fit}
                mode={measure.mode}
                onMeasure={measure.setMode}
              />
            </>
          )}
        </>
      )}
      {basemap && basemap.area.attribution !== '' && (
        <div className={styles.attribution}>{basemap.area.attribution}</div>
      )}
      <div className={styles.notes} role="status">
        {behind > 0 && <MapNote stale>{t('common:connection.behind', { seconds: behind })}</MapNote>}
        {waits && <MapNote stale>{t('map:waits')}</MapNote>}
        {building && !failed && <MapNote>{t('map:building')}</MapNote>}
        {scene && measure.mode !== null && <MeasureNote scene={scene} measure={{ ...measure, mode: measure.mode }} />}
        {on.notes.map(({ layer, notes }) => (
          <Fragment key={layer}>{notes}</Fragment>
        ))}
        {failed && <MapNote>{t(hall.state === 'none' ? 'map:ownCity' : 'map:noCity')}</MapNote>}
        {lost && <MapNote>{t('map:context-lost')}</MapNote>}
      </div>
    </div>
  );
}

/** What the hall told so long ago, and the map does not show, is said to be missing. */
const WAITS_MS = 3_000;

/** Of its container's size. */
function whole(share: number): { width: string; height: string } {
  return { width: `${100 * share}%`, height: `${100 * share}%` };
}

/** The browser's memory, where the page may use it. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The city itself at a point, as a selection. */
function placeAt(at: { lng: number; lat: number }): Selection {
  return { kind: 'place', id: `${at.lng.toFixed(5)}~${at.lat.toFixed(5)}`, at: { lon: at.lng, lat: at.lat } };
}

/** Width of the panel on the left with its margin, in rem (map.module.css, `.topLeft`). */
const PANEL_REM = 20.625;

function rootPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

function isRoomy(node: HTMLElement | null): boolean {
  return node !== null && node.clientWidth >= 1200 && node.clientHeight >= 720;
}
