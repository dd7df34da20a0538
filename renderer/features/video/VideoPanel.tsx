import { useElementSize } from '@mantine/hooks';
import { IconDeviceCctv, IconX } from '@tabler/icons-react';
import { useCallback, useMemo, useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { CameraHealthView } from '../../../contract/features/cameras.ts';
import { useBridge, useTopic, useTopicItem } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useDesk, useSelect } from '../../desk/DeskProvider.tsx';
import type { RegionProps } from '../../desk/feature.ts';
import { useDirectory } from '../../desk/hallData.tsx';
import { useScale } from '../../desk/useScale.ts';
import { useSubject } from '../../desk/useSubject.ts';
import { useLang } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { distance } from '../../ui/format.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { AboutIncident } from './AboutIncident.tsx';
import type { VideoStreamState, VideoSubscribe } from './channels.ts';
import type { VideoTile, VideoTileStats } from './player.ts';
import { metresBetween, tileGrid } from './tiles.ts';
import { tileWords } from './tileWords.ts';
import { useVideoTiles } from './useVideoTiles.ts';
import styles from './VideoPanel.module.css';

const GAP = 4;
const HEAD = 26;
const MOST = 9;
const NONE: readonly string[] = [];

/** The seat's cameras, or those pushed to the wall, live, on one canvas; a tile that is not live says since when. */
export function VideoPanel({ wall }: RegionProps) {
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const watched = useTopicItem('seats', seat)?.cameras;
  const shown = (wall?.cameras ?? watched ?? NONE).slice(0, MOST);
  if (shown.length === 0) {
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
      <Tiles cameras={shown} />
    </>
  );
}

function Tiles({ cameras }: { cameras: readonly string[] }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const health = useTopic('cameras');
  const subscribe = useSubscribe();
  const head = HEAD * useScale();
  const { columns, rows } = tileGrid(cameras.length);
  const ids = cameras.join(' ');

  const tiles = useMemo<readonly VideoTile[]>(() => {
    const w = (width - GAP * (columns + 1)) / columns;
    const h = (height - GAP * (rows + 1)) / rows;
    if (w < 20 || h <= head) return [];
    return ids.split(' ').map((cameraId, i) => ({
      id: `${cameraId}/${i}`,
      cameraId,
      x: GAP + (i % columns) * (w + GAP),
      y: GAP + Math.floor(i / columns) * (h + GAP) + head,
      width: w,
      height: h - head,
    }));
  }, [ids, width, height, columns, rows, head]);

  const veilText = useCallback(
    (stats: VideoTileStats) => tileWords(t, health.get(stats.cameraId), stats.ageMs),
    [t, health],
  );
  const stats = useVideoTiles({ canvas, subscribe, tiles, veilText });

  return (
    <div className={styles.tiles} ref={ref}>
      <canvas ref={canvas} className={styles.canvas} />
      {tiles.map((tile) => (
        <Tile key={tile.id} tile={tile} head={head} stats={stats.find((each) => each.id === tile.id)} all={cameras} />
      ))}
    </div>
  );
}

function Tile(props: { tile: VideoTile; head: number; stats: VideoTileStats | undefined; all: readonly string[] }) {
  const { tile, head, stats, all } = props;
  const { t } = useTranslation();
  const { text } = useLang();
  const { act } = useAct();
  const select = useSelect();
  const { at, selection } = useSubject();
  const camera = useDirectory().cameras.get(tile.cameraId);
  const health = useTopicItem('cameras', tile.cameraId);
  const live = stats?.live === true;
  const name = camera ? text(camera.name) : tile.cameraId;
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
          {name}
        </button>
        {away !== null && <span className={styles.fact}>{distance(away)}</span>}
        <span className={styles.grow} />
        <span className={styles.fact} data-live={live}>
          {live ? t('video:live') : t(`video:state.${stateHere(health?.state, stats)}`)}
        </span>
        {health?.codec && tile.width > 300 && (
          <span className={styles.fact} title={t('video:mode', { mode: health.mode ?? '—', dropped: health.dropped })}>
            {health.codec}
            {live && stats ? ` · ${Math.round(stats.framesPerSecond)} fps` : ''}
          </span>
        )}
        <button
          type="button"
          className={styles.close}
          data-action
          aria-label={t('video:close', { name })}
          onClick={() => void act('seat.watch', { cameras: all.filter((id) => id !== tile.cameraId) })}
        >
          <IconX size="0.875rem" />
        </button>
      </div>
      {!live && (
        <span className={styles.said} role="status">
          {tileWords(t, health, stats?.ageMs).join(' · ')}
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

/** Cameras by the bridge: packets from the bulk stream, states from the topic `cameras`. */
function useSubscribe(): VideoSubscribe {
  const bridge = useBridge();
  return useCallback<VideoSubscribe>(
    (camera, options, onPacket, onState) => {
      const tell = () => {
        const health = bridge.items('cameras').get(camera);
        if (!health) return;
        const state: VideoStreamState['state'] = health.state === 'preparing' ? 'connecting' : health.state;
        onState({ state, since: health.since, ...(health.error === null ? {} : { reason: health.error.code }) });
      };
      const stopStates = bridge.subscribe('cameras', tell);
      const stopPackets = bridge.bulk('video', { camera, ...options }, onPacket);
      return () => {
        stopStates();
        stopPackets();
      };
    },
    [bridge],
  );
}
