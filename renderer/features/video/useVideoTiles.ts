import { type RefObject, useEffect, useRef, useState } from 'react';
import type { VideoSubscribe } from './channels.ts';
import { createVideoPlayer, type VideoPlayer, type VideoTile, type VideoTileStats } from './player.ts';

interface VideoTilesOptions {
  /** One canvas a window. */
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Stable between renders: a new one starts all cameras anew. */
  readonly subscribe: VideoSubscribe;
  readonly tiles: readonly VideoTile[];
  /** The words on a tile that is not live. */
  readonly veilText?: (stats: VideoTileStats) => readonly string[];
  /** How often the stats are brought up to date, milliseconds. */
  readonly statsEveryMs?: number;
}

/** Shows cameras on a canvas for as long as the component stands, and tells how each tile does. */
export function useVideoTiles(options: VideoTilesOptions): readonly VideoTileStats[] {
  const { canvas, subscribe, tiles, statsEveryMs = 1_000 } = options;
  const player = useRef<VideoPlayer | null>(null);
  const words = useRef(options.veilText);
  words.current = options.veilText;
  const shown = useRef(tiles);
  shown.current = tiles;
  const [stats, setStats] = useState<readonly VideoTileStats[]>([]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const made = createVideoPlayer(element, {
      subscribe,
      veilText: (each) =>
        words.current?.(each) ?? [each.ageMs === undefined ? '…' : `${Math.floor(each.ageMs / 1000)} s`],
    });
    player.current = made;
    made.setTiles(shown.current);
    const observer = new ResizeObserver(() => made.setTiles(shown.current));
    observer.observe(element);
    const themes = new MutationObserver(() => made.setTiles(shown.current));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const timer = setInterval(() => setStats(made.stats()), statsEveryMs);
    return () => {
      clearInterval(timer);
      observer.disconnect();
      themes.disconnect();
      made.close();
      player.current = null;
    };
  }, [canvas, subscribe, statsEveryMs]);

  useEffect(() => {
    player.current?.setTiles(tiles);
  }, [tiles]);

  return stats;
}
