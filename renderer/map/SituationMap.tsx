import 'maplibre-gl/dist/maplibre-gl.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Selection } from '../../contract/features/seats.ts';
import { useBridge } from '../bridge/index.ts';
import { useIncident, useIncidentsByName } from '../desk/incidents.ts';
import { useRun } from '../desk/runs.ts';
import { useShortcuts } from '../keys/KeysProvider.tsx';
import { age, type Lang } from '../ui/format.ts';
import { LayerPanel } from './controls/LayerPanel.tsx';
import { MapSearch } from './controls/MapSearch.tsx';
import { MapTools } from './controls/MapTools.tsx';
import { Readout } from './controls/Readout.tsx';
import { Tip } from './controls/Tip.tsx';
import type { Hit } from './hit.ts';
import { hasWebGl2 } from './library.ts';
import styles from './map.module.css';
import { areaM2, areaText, lengthM, lengthText } from './measure/measure.ts';
import { componentPoints, facilityPoints, type Say } from './overlays/collections.ts';
import type { MapTheme } from './palette.ts';
import type { Scene } from './scene.ts';
import type { Findable, FoundKind } from './search/find.ts';
import { cityFindables, hallFindables, incidentFindables } from './search/findables.ts';
import { useCity, useComponents, useNames } from './useCity.ts';
import { useHallData } from './useHallData.ts';
import { useIncidents } from './useIncidents.ts';
import { useMeasure } from './useMeasure.ts';
import { usePlaceOf } from './usePlaceOf.ts';
import { cityFiles, useScene } from './useScene.ts';
import { createVisibility } from './visibility.ts';

interface SituationMapProps {
  /** What the seat has selected; it is marked, and shown if it is off the screen. */
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  theme: MapTheme;
  lang: Lang;
  /** Cameras to single out: those on the seat's video region. */
  watched?: readonly string[];
  /** Whether search, layers and tools are on the map; a wall has none. */
  controls?: boolean;
  onReady?: (scene: Scene) => void;
}

const NO_CAMERAS: readonly string[] = [];

const ZOOM_TO: Record<FoundKind, number> = {
  incident: 15,
  alarm: 15,
  place: 15.5,
  facility: 16,
  road: 15,
  camera: 16.5,
  unit: 16,
  sensor: 16,
  grid: 15,
};

/** The situation map: the city, and on it everything that the hall knows a position of. */
export function SituationMap(props: SituationMapProps) {
  const { selection, onSelect, theme, lang, watched = NO_CAMERAS, controls = true, onReady } = props;
  const { t } = useTranslation();
  const bridge = useBridge();
  const container = useRef<HTMLDivElement>(null);
  const able = useMemo(hasWebGl2, []);
  const files = useMemo(() => cityFiles(bridge), [bridge]);
  const visibility = useMemo(() => createVisibility(storage()), []);
  const { city, failed } = useCity(files, able);
  const [searched, setSearched] = useState(false);
  const bounds = city?.meta.bounds ?? null;
  const inset = useCallback(() => {
    const node = container.current;
    const open = controls && (visibility.getState().panel ?? isRoomy(node));
    return open && node && node.clientWidth >= 1000 ? PANEL_REM * rootPixels() : 0;
  }, [visibility, controls]);
  const { scene, fault } = useScene(container, {
    bridge,
    theme,
    lang,
    bounds,
    visibility,
    inset,
    enabled: able && (city !== null || failed),
  });
  const say: Say = useCallback((text) => (lang === 'en' ? text.en : text.zh) || text.zh || text.en, [lang]);
  const { cameras, counts, silentSince } = useHallData(bridge, scene, say);
  const { tooMany, unread } = useIncidents(scene, say);
  const components = useComponents(files, useNear(scene, 15));
  const names = useNames(files, searched);
  const [typed, setTyped] = useState('');
  const incidents = useIncidentsByName(typed, searched);
  const found = useMemo(() => [...names, ...incidentFindables(incidents)], [names, incidents]);
  const measure = useMeasure(scene);
  const hovered = useRef(-1);
  const run = useRun(selection?.kind === 'run' ? selection.id : null);
  const selected = run?.incident ?? (selection?.kind === 'incident' ? selection.id : null);
  const incident = useIncident(selected);
  const placeOf = usePlaceOf(bridge, scene, cameras, incident, run);

  useEffect(() => {
    if (scene) onReady?.(scene);
  }, [scene, onReady]);

  useEffect(() => {
    if (scene && city) scene.setData('oh-facilities', facilityPoints(city.facilities, lang));
  }, [scene, city, lang]);

  useEffect(() => {
    if (scene && city && components)
      scene.setData('oh-components', componentPoints(components, city.meta.county, lang));
  }, [scene, city, components, lang]);

  const cells = useStore(visibility, (shown) => shown.layers.cells);
  useEffect(() => {
    if (scene && cells) scene.setData('oh-cells', `${files.base()}/city/grid-cells.geojson`);
  }, [scene, cells, files]);

  useEffect(() => {
    const camera = selection?.kind === 'camera' ? [selection.id] : [];
    scene?.setWatched(new Set([...watched, ...camera]));
  }, [scene, watched, selection]);

  // The directory may come after the selection, and with it the unit: `counts` says that it came.
  const known = counts.length > 0;
  useEffect(() => {
    if (!scene) return;
    const index = selection?.kind === 'unit' && known ? scene.directory().findIndex((u) => u.id === selection.id) : -1;
    scene.markUnits(index, hovered.current);
    const at = selection ? placeOf(selection) : null;
    scene.marks.setFrame(selection?.kind === 'unit' ? null : at);
    if (at) scene.reveal(at);
  }, [scene, selection, placeOf, known]);

  useEffect(() => {
    if (!scene || measure.mode !== null) return;
    const { map } = scene;
    const clicked = map.on('click', (event) => {
      onSelect(scene.hit(event.point.x, event.point.y)?.selection ?? null);
    });
    const asked = map.on('contextmenu', (event) => onSelect(placeAt(event.lngLat)));
    return () => {
      clicked.unsubscribe();
      asked.unsubscribe();
    };
  }, [scene, onSelect, measure.mode]);

  useShortcuts([
    {
      // Without a mouse: what is in the middle of the map, or the place itself.
      id: 'map.pick',
      keys: ['shift+enter'],
      scope: 'situation',
      label: 'map:key.pick',
      enabled: () => measure.mode === null && document.activeElement === scene?.map.getCanvas(),
      run: () => {
        if (!scene) return;
        const centre = scene.map.getCenter();
        const { x, y } = scene.map.project(centre);
        onSelect(scene.hit(x, y)?.selection ?? placeAt(centre));
      },
    },
  ]);

  const onHover = useCallback(
    (hit: Hit | null) => {
      hovered.current = hit?.unit ?? -1;
      const index =
        selection?.kind === 'unit' ? (scene?.directory().findIndex((u) => u.id === selection.id) ?? -1) : -1;
      scene?.markUnits(index, hovered.current);
    },
    [scene, selection],
  );

  const things = useCallback((): readonly Findable[] => {
    setSearched(true);
    return [
      ...hallFindables({
        alarms: bridge.items('alarms').values(),
        sensors: bridge.observations.directory(),
        cameras,
        units: scene?.directory() ?? [],
      }),
      ...(city ? cityFindables(city.meta, city.facilities) : []),
    ];
  }, [bridge, scene, city, cameras]);

  const choose = (thing: Findable) => {
    const kind = SELECTS[thing.kind];
    const at = thing.at ?? placeOf({ kind, id: thing.id, at: null });
    if (at) scene?.goTo(at, Math.max(ZOOM_TO[thing.kind], scene.map.getZoom()));
    onSelect({ kind, id: thing.id, at: at ? { lon: at.lon, lat: at.lat } : null });
    scene?.map.getCanvas().focus();
  };

  const departmentNames = useMemo(
    () => new Map((city?.departments ?? []).map((d) => [d.id, { zh: d.shortZh, en: d.shortEn }])),
    [city],
  );

  if (!able) return <div className={styles.missing}>{t('map:noWebGl')}</div>;
  return (
    <div className={styles.map}>
      <div ref={container} className={styles.canvas} data-measuring={measure.mode !== null} />
      {scene && (
        <>
          <Tip scene={scene} names={departmentNames} idle={measure.mode !== null} onHover={onHover} />
          <Readout scene={scene} />
          {controls && (
            <>
              <div className={styles.topLeft}>
                <MapSearch
                  things={things}
                  more={found}
                  onType={setTyped}
                  onChoose={choose}
                  onLeave={() => scene.map.getCanvas().focus()}
                />
                <LayerPanel
                  store={visibility}
                  counts={counts}
                  names={departmentNames}
                  roomy={isRoomy(container.current)}
                />
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
      <div className={styles.notes} role="status">
        {measure.mode !== null && (
          <div className={`${styles.panel} ${styles.note}`}>
            {measure.mode === 'distance'
              ? t('map:measure.distance', { value: lengthText(lengthM(measure.points)) })
              : t('map:measure.area', { value: areaText(areaM2(measure.points)) })}
          </div>
        )}
        {silentSince !== null && (
          <div className={`${styles.panel} ${styles.note}`} data-stale="true">
            {t('map:positionsOld', { age: age(Date.now() - silentSince) })}
          </div>
        )}
        {unread && (
          <div className={`${styles.panel} ${styles.note}`} data-stale="true">
            {t('map:incidentsUnread')}
          </div>
        )}
        {tooMany !== null && (
          <div className={`${styles.panel} ${styles.note}`}>
            {t('map:tooManyIncidents', { shown: tooMany.shown, of: `${tooMany.of}${tooMany.exact ? '' : '+'}` })}
          </div>
        )}
        {failed && <div className={`${styles.panel} ${styles.note}`}>{t('map:noCity')}</div>}
        {fault !== null && <div className={`${styles.panel} ${styles.note}`}>{t(`map:fault.${fault}`)}</div>}
      </div>
    </div>
  );
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

/** What choosing a found thing selects. */
const SELECTS: Record<FoundKind, Selection['kind']> = {
  incident: 'incident',
  alarm: 'alarm',
  place: 'place',
  facility: 'place',
  road: 'place',
  camera: 'camera',
  unit: 'unit',
  sensor: 'sensor',
  grid: 'place',
};

/** True once the map has been as near as `zoom`. */
function useNear(scene: Scene | null, zoom: number): boolean {
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
