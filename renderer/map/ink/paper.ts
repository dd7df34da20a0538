import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Frames, View } from '../frames.ts';
import type { MapLayer } from '../layer.ts';
import { lieOver } from '../lieOver.ts';
import { isLookedAt } from '../lookedAt.ts';
import { worldPixels } from '../mercator.ts';
import { FONT } from '../overlays/looks.ts';
import { paintSymbol } from '../overlays/symbols.ts';
import type { MapPalette } from '../palette.ts';
import type { Hit } from '../pointed.ts';
import { createLabels, type Label } from './labelPictures.ts';
import { type Box, standing } from './labels.ts';
import type { Inked, Mark, Marks, Shown } from './mark.ts';

/** The paper takes at most one part in so many of the page's time, and in a window that nobody works in less. */
const SHARE = 8;
const UNFOCUSED_SHARE = 20;
const UNFOCUSED_MS = 200;
/** A finger is not a needle. */
const REACH_PX = 4;
const FIGURE_PX = 13;

/** What lies over the map: marks that are drawn anew as soon as they are others. */
export interface Paper {
  readonly canvas: HTMLCanvasElement;
  put(layer: string, marks: Marks): Inked;
  dress(palette: MapPalette): void;
  /** Other layers may be switched on. */
  switched(): void;
  /** What of a layer is at a point, in pixels from the canvas' top left. */
  hit(layer: string, x: number, y: number): Omit<Hit, 'layer'> | null;
  remove(): void;
}

interface PaperOptions {
  readonly map: MapLibreMap;
  /** The map's; undefined where it has no card. */
  readonly frames: Frames | undefined;
  /** The canvas that it lies over: the map's, or one over it. */
  readonly over: HTMLCanvasElement;
  /** Those that may have marks on it, from the ground up. */
  readonly layers: readonly MapLayer[];
  readonly palette: MapPalette;
  /** Whether a layer is switched on. */
  isOn(layer: MapLayer): boolean;
  /** Monotonic ms. */
  now(): number;
}

/** A mark where it was drawn. */
interface Placed {
  readonly mark: Mark;
  /** Pixels from the canvas' left. */
  readonly x: number;
  readonly symbol: Box;
  readonly label: Label | null;
  /** Of its label; where it has none, or it did not stand, of nothing. */
  box: Box;
}

/**
 * Lays the paper over the map. An alarm that comes does not have the city drawn anew: on a PC without a graphics card that is half a
 * second of both cores, and a mark on paper is a copy of a small picture.
 */
export function createPaper({ map, frames, over, layers, palette: dressed, isOn, now }: PaperOptions): Paper {
  const below = map.getCanvas();
  const { canvas, follow } = lieOver(below, over);
  const ink = canvas.getContext('2d');
  const marksOf = new Map<string, Marks>();
  const symbols = new Map<string, { picture: HTMLCanvasElement; side: number }>();
  const labels = createLabels();
  let palette = dressed;
  let placed = new Map<string, readonly Placed[]>();
  let empty = true;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let frame: number | null = null;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let took = 0;

  const paint = (): void => {
    symbols.clear();
    labels.forget();
    const ratio = Math.max(2, Math.ceil(map.getPixelRatio()));
    for (const { marks } of layers)
      marks?.symbols((name, size, draw) => {
        const side = size * palette.scale;
        const picture = paintSymbol(size, Math.round(side * ratio), draw);
        if (picture) symbols.set(name, { picture, side });
      }, palette);
  };

  const place = (view: View, mark: Mark): Placed[] => {
    const symbol = symbols.get(mark.symbol);
    if (!symbol) return [];
    const { scale } = palette;
    const at = view.project(mark.at);
    const x = at.x + (mark.offset?.[0] ?? 0) * scale;
    const y = at.y + (mark.offset?.[1] ?? 0) * scale;
    const half = (symbol.side / 2) * (mark.size ?? 1);
    const middle = mark.foot ? y - half : y;
    const label = mark.label && ink ? labels.of(mark.label, palette, map.getPixelRatio()) : null;
    const top = y + (mark.label ? mark.label.below * mark.label.size * scale : 0);
    return [
      {
        ...{ mark, x, label },
        symbol: { left: x - half, right: x + half, top: middle - half, bottom: middle + half },
        box: label
          ? { left: x - label.width / 2, right: x + label.width / 2, top, bottom: top + label.height }
          : NOWHERE,
      },
    ];
  };

  /** Labels of what is uppermost come first; those that find no room are left out. */
  const settle = (all: readonly (readonly Placed[])[]): void => {
    const flat = all.flat();
    const wishes = flat.filter(({ label }) => label !== null).reverse();
    const stand = new Set(
      standing(
        wishes,
        flat.map(({ symbol }) => symbol),
      ),
    );
    for (const wish of wishes) if (!stand.has(wish)) wish.box = NOWHERE;
  };

  const drawOne = (
    on: CanvasRenderingContext2D,
    { mark, x, symbol: { left, right, top, bottom }, label, box }: Placed,
  ): void => {
    if (label && box !== NOWHERE) on.drawImage(label.picture, box.left, box.top, label.width, label.height);
    const symbol = symbols.get(mark.symbol);
    if (symbol) on.drawImage(symbol.picture, left, top, right - left, bottom - top);
    if (!mark.figure) return;
    const size = FIGURE_PX * palette.scale;
    on.font = `${size}px ${FONT.map((name) => `"${name}"`).join(', ')}`;
    on.textAlign = 'center';
    on.textBaseline = 'middle';
    on.fillStyle = mark.figure.colour(palette);
    on.fillText(mark.figure.text, x, (top + bottom) / 2 + mark.figure.lower * size);
  };

  const draw = (): void => {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = null;
    timer = null;
    if (!ink || !frames || (empty && marksOf.size === 0)) return;
    const began = now();
    const view = frames.view();
    const { clientWidth: width, clientHeight: height } = below;
    const shown = shownOf(view, width, height);
    const marks = layers.map((layer) => (isOn(layer) ? marksOf.get(layer.id)?.at(shown) : undefined) ?? []);
    const all = marks.map((each) => each.flatMap((mark) => place(view, mark)));
    settle(all);
    placed = new Map(layers.map(({ id }, i) => [id, all[i] ?? []]));
    const count = all.reduce((sum, each) => sum + each.length, 0);
    if (!empty || count > 0) {
      follow();
      const ratio = map.getPixelRatio();
      ink.setTransform(ratio, 0, 0, ratio, 0, 0);
      ink.clearRect(0, 0, width, height);
      for (const each of all) for (const one of each) drawOne(ink, one);
    }
    empty = count === 0;
    layers.forEach(({ id }, i) => {
      marksOf.get(id)?.drawn?.(marks[i] ?? []);
    });
    drawnAt = now();
    took = drawnAt - began;
  };

  /** Soon, and never so often that the page has no time for anything else. */
  const ask = (): void => {
    if (timer !== null || frame !== null) return;
    const rest = isLookedAt(map.getContainer()) ? took * SHARE : Math.max(UNFOCUSED_MS, took * UNFOCUSED_SHARE);
    timer = setTimeout(
      () => {
        timer = null;
        frame = requestAnimationFrame(draw);
      },
      Math.max(0, drawnAt + rest - now()),
    );
  };

  paint();
  // With the map, for the same frame of the page.
  frames?.onSeen(draw);

  return {
    canvas,
    put(layer, marks) {
      marksOf.set(layer, marks);
      ask();
      return {
        changed: ask,
        remove() {
          if (marksOf.get(layer) === marks) marksOf.delete(layer);
          ask();
        },
      };
    },
    dress(next) {
      palette = next;
      paint();
      ask();
    },
    switched: ask,
    hit(layer, x, y) {
      const near = ({ left, right, top, bottom }: Box) =>
        x >= left - REACH_PX && x <= right + REACH_PX && y >= top - REACH_PX && y <= bottom + REACH_PX;
      const uppermost = placed
        .get(layer)
        ?.findLast(({ mark, symbol, box }) => mark.hit !== null && (near(symbol) || (box !== NOWHERE && near(box))));
      return uppermost?.mark.hit ?? null;
    },
    remove() {
      if (timer !== null) clearTimeout(timer);
      if (frame !== null) cancelAnimationFrame(frame);
      marksOf.clear();
      canvas.remove();
    },
  };
}

const NOWHERE: Box = { left: 0, top: 0, right: 0, bottom: 0 };

/** What a view shows, and half as much again on each side: what reaches onto the screen, and is soon there. */
function shownOf({ lon, lat, zoom }: View, width: number, height: number): Shown {
  const world = worldPixels(zoom);
  const east = (width / world) * 360;
  const mercator = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
  const north = (by: number) => {
    const at = mercator + (by * height * 2 * Math.PI) / world;
    return ((2 * Math.atan(Math.exp(at)) - Math.PI / 2) * 180) / Math.PI;
  };
  return { zoom, box: [Math.max(-180, lon - east), north(-1), Math.min(180, lon + east), north(1)] };
}
