import { useElementSize } from '@mantine/hooks';
import { IconDeviceCctv, IconMaximize, IconX } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { CameraHealthView } from '../../../contract/features/cameras.ts';
import { useTopic, useTopicItem } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDesk, useDeskStore, useSelect, useSlice } from '../../desk/DeskProvider.tsx';
import type { RegionProps } from '../../desk/feature.ts';
import { useDirectory } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useScale } from '../../desk/useScale.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useLang } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { distance } from '../../ui/format.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { AboutIncident } from './AboutIncident.tsx';
import { PageBar } from './PageBar.tsx';
import type { VideoTile, VideoTileStats } from './player.ts';
import { SteeringBar } from './SteeringBar.tsx';
import { metresBetween, tileGrid } from './tiles.ts';
import { tileWords } from './tileWords.ts';
import { useSubscribe } from './useSubscribe.ts';
import { useVideoTiles } from './useVideoTiles.ts';
import { useViewKeys } from './useViewKeys.ts';
import styles from './VideoPanel.module.css';
import { pageOf, shortNames, type View, videoDesk } from './videoDesk.ts';

const GAP = 4;
const HEAD = 26;
/** Px of a tile at the usual size of letters, from which on there is room for what stands at its head beside its short name. */
const ROOM_FOR = { name: 420, codec: 300, distance: 210, live: 170, enlarge: 140 };
const WHOLE: View = { size: 9, at: null };
const NONE: readonly string[] = [];

/** The seat's cameras, or those pushed to the wall, live, on one canvas; a tile that is not live says since when. */
export function VideoPanel({ wall }: RegionProps) {
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras;
  const view = useSlice(videoDesk, (video) => video);
  const keep = useDeskStore();
  const all = wall?.cameras ?? watched ?? NONE;
  const page = pageOf(all, wall ? WHOLE : view);
  const show = (part: Partial<View>) => keep.getState().setIn(videoDesk, part);
  const may = useMay();
  const [alone, ...more] = page.cameras;
  const turns = useTopicItem('steering', alone ?? '');
  const steering = !wall && more.length === 0 && may.call('cameras.move') ? turns : undefined;
  const [inHand, setInHand] = useState<string | null>(null);
  const on = steering !== undefined && steering.camera === inHand;
  useViewKeys(wall ? NONE : all, view, on, show);
  if (page.cameras.length === 0) {
    return (
      <EmptyState
        icon={<IconDeviceCctv size="2rem" stroke={1.4} />}
        title={t('video:empty')}
        hint={<Trans i18nKey="video:empty-hint" components={{ k: <Kbd keys="c" /> }} />}
      />
    );
  }
  return (
    <>
      <AboutIncident />
      <Tiles
        cameras={page.cameras}
        watched={all}
        enlarge={(at) => show(view.size === 1 ? { size: 9 } : { size: 1, at })}
      />
      {steering && <SteeringBar view={steering} on={on} turn={(to) => setInHand(to ? steering.camera : null)} />}
      {page.pages > 1 && !wall && <PageBar watched={all} view={view} page={page} show={show} />}
    </>
  );
}

function Tiles(props: { cameras: readonly string[]; watched: readonly string[]; enlarge(camera: string): void }) {
  const { cameras, watched, enlarge } = props;
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const health = useTopic('cameras');
  const subscribe = useSubscribe();
  const head = HEAD * useScale();
  const { columns, rows } = tileGrid(cameras.length);
  const ids = cameras.join(' ');
  const { text, lang } = useLang();
  const directory = useDirectory().cameras;
  const names = cameras.map((id) => {
    const camera = directory.get(id);
    return camera ? text(camera.name) : id;
  });
  const short = shortNames(names);

  const tiles = useMemo<readonly VideoTile[]>(() => {
    const w = (width - GAP * (columns + 1)) / columns;
    const h = (height - GAP * (rows + 1)) / rows;
    if (w < 20 || h <= head) return [];
    return ids.split(' ').map((cameraId, i) => ({
      id: `${cameraId}/${i}`,
      cameraId,
      sized: directory.get(cameraId)?.sub === true,
      x: GAP + (i % columns) * (w + GAP),
      y: GAP + Math.floor(i / columns) * (h + GAP) + head,
      width: w,
      height: h - head,
    }));
  }, [ids, directory, width, height, columns, rows, head]);

  const veilText = useCallback(
    (stats: VideoTileStats) => tileWords(t, lang, health.get(stats.cameraId), stats.ageMs),
    [t, lang, health],
  );
  const stats = useVideoTiles({ canvas, subscribe, tiles, veilText });

  return (
    <div className={styles.tiles} ref={ref}>
      <canvas ref={canvas} className={styles.canvas} />
      {tiles.map((tile, i) => (
        <Tile
          key={tile.id}
          tile={tile}
          head={head}
          name={names[i] ?? ''}
          shown={(tile.width < ROOM_FOR.name * (head / HEAD) ? short[i] : names[i]) ?? ''}
          stats={stats.find((each) => each.id === tile.id)}
          watched={watched}
          enlarge={enlarge}
        />
      ))}
    </div>
  );
}

function Tile(props: {
  tile: VideoTile;
  head: number;
  name: string;
  /** The name as far as there is room for it. */
  shown: string;
  stats: VideoTileStats | undefined;
  watched: readonly string[];
  enlarge(camera: string): void;
}) {
  const { tile, head, name, shown, stats, watched, enlarge } = props;
  const { t } = useTranslation();
  const { lang } = useLang();
  const { act } = useAct();
  const select = useSelect();
  const { at, selection } = useSubject();
  const camera = useDirectory().cameras.get(tile.cameraId);
  const health = useTopicItem('cameras', tile.cameraId);
  const live = stats?.live === true;
  const roomFor = (what: keyof typeof ROOM_FOR) => tile.width > ROOM_FOR[what] * (head / HEAD);
  const close = () => {
    const about = { kind: 'camera' as const, id: tile.cameraId, at: null };
    void act('seat.watch', { cameras: watched.filter((id) => id !== tile.cameraId) }, { place: 'video', about });
  };
  const away = camera && at && selection?.id !== camera.id ? metresBetween(camera, at) : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of one picture and what is said about it
    <div
      role="group"
      aria-label={name}
      className={styles.tile}
      data-camera={tile.cameraId}
      data-live={live}
      title={live ? undefined : health?.error?.detail}
      data-selected={(selection?.kind === 'camera' && selection.id === tile.cameraId) || undefined}
      style={{ left: tile.x, top: tile.y - head, width: tile.width, height: tile.height + head }}
    >
      <div className={styles.head} style={{ height: head }}>
        <span className={styles.dot} data-live={live} aria-hidden="true" />
        <button
          type="button"
          className={styles.name}
          title={name}
          onClick={() =>
            select({ kind: 'camera', id: tile.cameraId, at: camera ? { lon: camera.lon, lat: camera.lat } : null })
          }
        >
          {shown}
        </button>
        {away !== null && roomFor('distance') && <span className={styles.fact}>{distance(away)}</span>}
        <span className={styles.grow} />
        {(!live || roomFor('live')) && (
          <span className={styles.fact} data-live={live}>
            {live ? t('video:live') : t(`video:state.${stateHere(health?.state, stats)}`)}
          </span>
        )}
        {health?.codec && roomFor('codec') && (
          <span className={styles.fact} title={t('video:mode', { mode: health.mode ?? '—', dropped: health.dropped })}>
            {health.codec}
            {live && stats ? ` · ${Math.round(stats.framesPerSecond)} fps` : ''}
          </span>
        )}
        {watched.length > 1 && roomFor('enlarge') && (
          <button
            type="button"
            className={styles.close}
            data-action
            aria-label={t('video:enlarge', { name })}
            onClick={() => enlarge(tile.cameraId)}
          >
            <IconMaximize size="0.875rem" />
          </button>
        )}
        <button
          type="button"
          className={styles.close}
          data-action
          aria-label={t('video:close', { name })}
          onClick={close}
        >
          <IconX size="0.875rem" />
        </button>
      </div>
      {!live && (
        <span className={styles.said} role="status">
          {tileWords(t, lang, health, stats?.ageMs).join(' · ')}
        </span>
      )}
    </div>
  );
}

/** A camera that is live for others, and has shown nothing here for a while or yet, is not live here. */
function stateHere(state: CameraHealthView['state'] | undefined, stats: VideoTileStats | undefined) {
  if (state !== 'live') return state ?? 'connecting';
  return stats?.ageMs === undefined ? 'connecting' : 'stale';
}
