import type { Slice } from '../../desk/slice.ts';

/** What a person has open and chosen among the screens of the wall, in one window. */
export interface WallDesk {
  /** Whether the list of screens is open. */
  readonly list: boolean;
  /** The screen last pushed to or chosen in the list; null: the first that is open. */
  readonly screen: string | null;
  /** Whether the list shows what is on the chosen screen as that screen does. */
  readonly preview: boolean;
}

export const wallDesk: Slice<WallDesk> = {
  name: 'walls',
  initial: () => ({ list: false, screen: null, preview: false }),
};

/** The place of what is refused while the list of screens is open. */
export const SHEET = 'walls';

/**
 * Every screen that there is: those that windows of this hall are, and those that something was pushed to, here or at another station.
 *
 * @param open names of the topic `screens`
 * @param shown names of the topic `walls`
 */
export function screensOf(open: Iterable<string>, shown: Iterable<string>): readonly string[] {
  return [...new Set([...open, ...shown])].sort();
}

/** The screen that a push without a name goes to: the one last used, the first that is open here, the first of all; null where there is none. */
export function targetOf(last: string | null, open: ReadonlySet<string>, all: readonly string[]): string | null {
  if (last !== null && all.includes(last)) return last;
  return all.find((screen) => open.has(screen)) ?? all[0] ?? null;
}
