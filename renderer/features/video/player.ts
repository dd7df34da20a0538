import { type Channel, createChannels, type VideoStreamState, type VideoSubscribe } from './channels.ts';
import { lookOf } from './look.ts';
import { paintEmpty, paintPicture, paintVeil, type Rect } from './paint.ts';
import { hasWebCodecs } from './pictureDecoder.ts';

/** A place on the canvas that shows a camera; CSS pixels. */
export interface VideoTile extends Rect {
  readonly id: string;
  readonly cameraId: string;
  /** The hall has pictures of several sizes of it, and sends those that fit the width that it is told. */
  readonly sized: boolean;
}

/** How one tile does. Times are milliseconds. */
export interface VideoTileStats {
  readonly id: string;
  readonly cameraId: string;
  /** Pictures really drawn on the canvas. */
  readonly presented: number;
  /** Presented a second, over the last two seconds or so. */
  readonly framesPerSecond: number;
  /** Since the newest picture on the canvas came to this window; `undefined` before the first. */
  readonly ageMs: number | undefined;
  /** How much later than the fastest one the newest picture came here from the hall. */
  readonly lagMs: number | undefined;
  readonly live: boolean;
  readonly state: VideoStreamState | undefined;
  readonly mode: 'auto' | 'i420';
  readonly skipped: number;
  readonly errors: number;
  readonly rejected: number;
  readonly width: number;
  readonly height: number;
}

interface PlayerOptions {
  readonly subscribe: VideoSubscribe;
  /** The words on a tile that is not live, one or two short lines. */
  readonly veilText?: (stats: VideoTileStats) => readonly string[];
  /** Monotonic milliseconds; for tests. */
  readonly now?: () => number;
}

/** One canvas, many tiles. */
export interface VideoPlayer {
  /** Shows these tiles from now on, between them the canvas's own background; cameras that stay are not interrupted. */
  setTiles(tiles: readonly VideoTile[]): void;
  stats(): readonly VideoTileStats[];
  /** Fits the canvas to its CSS size again, after that has changed. */
  resize(): void;
  close(): void;
}

const VEIL_EVERY_MS = 500;

/** Starts drawing on `canvas` on every animation frame that has news. */
export function createVideoPlayer(canvas: HTMLCanvasElement, options: PlayerOptions): VideoPlayer {
  const { subscribe, now = () => performance.now() } = options;
  const found = canvas.getContext('2d', { alpha: false });
  if (!found) throw new Error('this page has no 2D canvas to show video on');
  const ctx = found;
  const channels = new Map<string, Channel>();
  const { open, follow, shut, isLive } = createChannels({ subscribe, now });
  let tiles: readonly VideoTile[] = [];
  let look = lookOf(canvas);
  let frameRequest = 0;

  function statsOf(tile: VideoTile): VideoTileStats {
    const channel = channels.get(tile.cameraId);
    const counts = channel?.decoder.counts;
    return {
      id: tile.id,
      cameraId: tile.cameraId,
      presented: channel?.presented ?? 0,
      framesPerSecond: channel && isLive(channel) ? channel.rate.perSecond : 0,
      ageMs: channel?.presentedAt === undefined ? undefined : now() - channel.presentedAt,
      lagMs: channel?.lagMs,
      live: channel !== undefined && isLive(channel),
      state: channel?.state,
      mode: channel?.mode ?? 'auto',
      skipped: (counts?.skipped ?? 0) + (channel?.past.skipped ?? 0),
      errors: (counts?.errors ?? 0) + (channel?.past.errors ?? 0),
      rejected: (counts?.rejected ?? 0) + (channel?.past.rejected ?? 0),
      width: channel?.size.width ?? 0,
      height: channel?.size.height ?? 0,
    };
  }

  /** The part of the canvas that a tile covers, device pixels. */
  function onCanvas(tile: Rect): Rect {
    const ratio = scale();
    return {
      x: Math.round(tile.x * ratio),
      y: Math.round(tile.y * ratio),
      width: Math.round(tile.width * ratio),
      height: Math.round(tile.height * ratio),
    };
  }

  function scale(): number {
    return canvas.clientWidth > 0 ? canvas.width / canvas.clientWidth : 1;
  }

  function draw(): void {
    frameRequest = requestAnimationFrame(draw);
    const time = now();
    for (const channel of channels.values()) {
      const mine = tiles.filter((tile) => tile.cameraId === channel.cameraId);
      const picture = channel.pending;
      if (picture) {
        channel.pending = undefined;
        for (const tile of mine) paintPicture(ctx, onCanvas(tile), picture.image, picture.width, picture.height);
        picture.close();
        channel.size = { width: picture.width, height: picture.height };
        channel.presented += 1;
        channel.presentedAt = channel.arrivedAt;
        channel.still = undefined;
        channel.veiledAt = Number.NEGATIVE_INFINITY;
      } else if (!isLive(channel) && time - channel.veiledAt >= VEIL_EVERY_MS) {
        channel.veiledAt = time;
        veil(channel, mine);
      }
      if (time - channel.rate.since >= 2_000) {
        const perSecond = ((channel.presented - channel.rate.presented) * 1000) / (time - channel.rate.since);
        channel.rate = { since: time, presented: channel.presented, perSecond };
      }
    }
  }

  function veil(channel: Channel, mine: readonly VideoTile[]): void {
    const [first] = mine;
    if (!first) return;
    if (!channel.still && channel.presentedAt !== undefined) channel.still = copyOf(canvas, onCanvas(first));
    for (const tile of mine) {
      const rect = onCanvas(tile);
      if (channel.still) ctx.drawImage(channel.still, rect.x, rect.y, rect.width, rect.height);
      else paintEmpty(ctx, rect);
      paintVeil(
        ctx,
        rect,
        options.veilText?.(statsOf(tile)) ?? defaultVeil(statsOf(tile)),
        scale() * look.rem,
        look.font,
      );
    }
  }

  function resize(): void {
    const ratio = globalThis.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
    if (canvas.width === width && canvas.height === height) return;
    const before = copyOf(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height });
    canvas.width = width;
    canvas.height = height;
    ctx.drawImage(before, 0, 0, width, height);
  }

  resize();
  frameRequest = requestAnimationFrame(draw);
  return {
    setTiles(next) {
      resize();
      const before = copyOf(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height });
      const old = new Map(tiles.map((tile) => [tile.cameraId, onCanvas(tile)]));
      tiles = next;
      const ratio = scale();
      const wanted = new Map<string, VideoTile>();
      for (const tile of next) {
        const other = wanted.get(tile.cameraId);
        if (!other || other.width < tile.width) wanted.set(tile.cameraId, tile);
      }
      for (const [cameraId, channel] of channels) {
        if (wanted.has(cameraId)) continue;
        channels.delete(cameraId);
        shut(channel);
      }
      look = lookOf(canvas);
      ctx.fillStyle = look.ground;
      ctx.fillRect(0, 0, canvas.width, canvas.height);
      for (const tile of next) {
        const channel = channels.get(tile.cameraId);
        const rect = onCanvas(tile);
        const from = old.get(tile.cameraId);
        if (channel) channel.veiledAt = Number.NEGATIVE_INFINITY;
        // What a tile showed moves with it, so that a new layout does not flash black.
        if (channel?.presentedAt !== undefined && from)
          ctx.drawImage(before, from.x, from.y, from.width, from.height, rect.x, rect.y, rect.width, rect.height);
        else paintEmpty(ctx, rect);
      }
      for (const [cameraId, tile] of wanted) {
        const width = Math.round(tile.width * ratio);
        const height = Math.round(tile.height * ratio);
        const channel = channels.get(cameraId);
        if (!channel) channels.set(cameraId, open(cameraId, width, height, hasWebCodecs() ? 'auto' : 'i420'));
        else if (isOther(channel.width, width, tile)) {
          channel.width = width;
          // Of other cameras passed-through pictures have the camera's own size whatever the tile's.
          if (tile.sized || (channel.size.width > 0 && channel.mode === 'i420')) follow(channel, height);
        }
      }
    },
    stats: () => tiles.map(statsOf),
    resize,
    close() {
      cancelAnimationFrame(frameRequest);
      for (const channel of channels.values()) shut(channel);
      channels.clear();
    },
  };
}

/** Whether the hall is to be told of a tile's new width. */
function isOther(told: number, width: number, { sized }: VideoTile): boolean {
  const [more, less] = sized ? [1.3, 1.3] : [1.5, 2];
  return width > told * more || width < told / less;
}

function copyOf(canvas: HTMLCanvasElement, rect: Rect): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = Math.max(1, rect.width);
  copy.height = Math.max(1, rect.height);
  copy.getContext('2d')?.drawImage(canvas, rect.x, rect.y, copy.width, copy.height, 0, 0, copy.width, copy.height);
  return copy;
}

function defaultVeil(stats: VideoTileStats): readonly string[] {
  return stats.ageMs === undefined ? ['…'] : [`${Math.floor(stats.ageMs / 1000)} s`];
}
