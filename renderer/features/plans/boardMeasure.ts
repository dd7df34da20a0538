import type { BoardLayout } from './layout.ts';

/** All in pixels of a root of 16. */
export const LANE_WIDTH = 102;
export const GAP_X = 18;
export const GAP_Y = 6;
export const PAD = 8;
const CARD = { minWidth: 124, maxWidth: 230, minHeight: 39, maxHeight: 104 };
/** Where all of it is read from afar: as low as two lines of a title and the foot. */
const FAR = { minWidth: 116, minHeight: 62 };

/** Where lanes and cards of a board stand. */
export interface Metrics {
  readonly width: number;
  readonly height: number;
  readonly cardWidth: number;
  readonly cardHeight: number;
  readonly laneTops: readonly number[];
  /** What all of it is drawn smaller by, 0…1, so that it fits. */
  readonly zoom: number;
}

/**
 * Cards as large as the room lets them be, within what is read well at a desk; what does not fit then is scrolled to.
 *
 * @param fill nobody can scroll there: cards have the whole room, and are drawn smaller where it is too small for them
 */
export function measure(layout: BoardLayout, room: { width: number; height: number }, fill = false): Metrics {
  const columns = Math.max(1, layout.columns);
  const rows = layout.slots.reduce((sum, n) => sum + n, 0) || 1;
  const clamp = (n: number, min: number, max: number) => Math.min(max, Math.max(min, n));
  const needed = {
    width: LANE_WIDTH + PAD + columns * (FAR.minWidth + GAP_X),
    height: rows * (FAR.minHeight + GAP_Y) + 2,
  };
  const fits = Math.min(1, room.width / needed.width, room.height / needed.height);
  const zoom = fill && fits > 0 ? fits : 1;
  const [min, max] = fill
    ? [FAR, { maxWidth: Number.POSITIVE_INFINITY, maxHeight: Number.POSITIVE_INFINITY }]
    : [CARD, CARD];
  const cardWidth = clamp((room.width / zoom - LANE_WIDTH - PAD) / columns - GAP_X, min.minWidth, max.maxWidth);
  const cardHeight = clamp((room.height / zoom - 2) / rows - GAP_Y, min.minHeight, max.maxHeight);
  const laneTops: number[] = [];
  let top = 0;
  for (const slots of layout.slots) {
    laneTops.push(top);
    top += slots * (cardHeight + GAP_Y);
  }
  return {
    width: LANE_WIDTH + PAD + columns * (cardWidth + GAP_X),
    height: top,
    cardWidth,
    cardHeight,
    laneTops,
    zoom,
  };
}
