import type { Params } from '../../../contract/index.ts';

/** What one key or button of steering does while it is held. */
export const DIRECTIONS = ['left', 'right', 'up', 'down', 'nearer', 'farther'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** How fast a camera is to turn and zoom. */
export type Velocity = Pick<Params<'cameras.move'>, 'pan' | 'tilt' | 'zoom'>;

/** Of what a camera can do: a hand that sees the picture a second late turns too far at full speed. */
const SPEED = 0.5;

/** What is held together; two that are against each other do nothing. */
export function velocityOf(held: ReadonlySet<Direction>): Velocity {
  const along = (more: Direction, less: Direction) => (Number(held.has(more)) - Number(held.has(less))) * SPEED;
  return { pan: along('right', 'left'), tilt: along('up', 'down'), zoom: along('nearer', 'farther') };
}

const RELEASED: Readonly<Record<string, Direction>> = {
  ...{ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' },
  // With Shift let go first the same key has another name.
  ...{ '+': 'nearer', '=': 'nearer', '-': 'farther', _: 'farther' },
};

/** What a key that was let go held; undefined of any other. @param key as the browser names it */
export function releasedBy(key: string): Direction | undefined {
  return Object.hasOwn(RELEASED, key) ? RELEASED[key] : undefined;
}
