import type { Box } from '../../../../contract/schema/box.ts';

/** Degrees around what is on the screen: what is looked after around an incident reaches 1.2 km from it. */
const MARGIN = 0.015;

/** The edges of what is asked for: a power of two of a degree apart, so that a little move asks for nothing new. */
export function boxToAsk({ west, south, east, north }: Box): Box {
  const wide = Math.max(east - west, north - south, MARGIN);
  const cell = 2 ** Math.floor(Math.log2(wide));
  const down = (edge: number) => Math.floor((edge - MARGIN) / cell) * cell;
  const up = (edge: number) => Math.ceil((edge + MARGIN) / cell) * cell;
  return {
    west: Math.max(-180, down(west)),
    south: Math.max(-90, down(south)),
    east: Math.min(180, up(east)),
    north: Math.min(90, up(north)),
  };
}
