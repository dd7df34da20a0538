import type { LayoutName, Need } from '../../desk/layout.ts';

/** Sizes of the workspace's splits, in per cent of what they split. */
export interface Splits {
  /** Top row, bottom row. */
  readonly rows: Pair;
  /** Map, right column. */
  readonly top: Pair;
  /** The same where the bottom row stands in windows of its own. */
  readonly tall: Pair;
  /** Alarm queue, detail. */
  readonly right: Pair;
  /** Video, plan run. */
  readonly bottom: Pair;
}

type Pair = readonly [number, number];

/** What the places at the edge of the workspace ask for; the middle takes what is left. */
export interface Needs {
  readonly above: Need;
  readonly below: Need;
  readonly left: Need;
  readonly right: Need;
}

/** The situations that a layout is for, as what goes on in them. */
export const SITUATIONS: Readonly<Record<Exclude<LayoutName, 'auto'>, Needs>> = {
  calm: { above: 0, below: 0, left: 0, right: 0 },
  alarms: { above: 2, below: 1, left: 0, right: 0 },
  incident: { above: 1, below: 1, left: 1, right: 1 },
  two: { above: 1, below: 1, left: 1, right: 2 },
  video: { above: 1, below: 1, left: 2, right: 1 },
};

/** Names needs, as what was set by hand for them is kept. */
export function situationOf({ above, below, left, right }: Needs): string {
  return `${above}${below}${left}${right}`;
}

/** First and second pane, by what each asks for. An empty one keeps its head and the line that says what to do. */
type ByNeed<T> = readonly [T, T, T];

const ABOVE_BELOW: ByNeed<ByNeed<Pair>> = [
  [
    [45, 55],
    [34, 66],
    [30, 70],
  ],
  [
    [62, 38],
    [48, 52],
    [42, 58],
  ],
  [
    [76, 24],
    [58, 42],
    [52, 48],
  ],
];

const LEFT_RIGHT: ByNeed<ByNeed<Pair>> = [
  [
    [40, 60],
    [20, 80],
    [18, 82],
  ],
  [
    [64, 36],
    [33, 67],
    [26, 74],
  ],
  [
    [74, 26],
    [48, 52],
    [40, 60],
  ],
];

/** A commander has the plan bigger, everyone else the map. */
const ROWS: Readonly<Record<'duty' | 'commander', ByNeed<Pair>>> = {
  duty: [
    [78, 22],
    [57, 43],
    [50, 50],
  ],
  commander: [
    [74, 26],
    [46, 54],
    [42, 58],
  ],
};

/** A window lower than this, in lines of its letters, shows rows of alarms only where other regions make room. */
const LOW_REM = 30;

/** Whether a window is that low. @param scale how many times their usual size its letters are */
export function isLow(heightPx: number, scale: number): boolean {
  return heightPx / (16 * scale) < LOW_REM;
}

/**
 * The sizes for what goes on, as nobody has set them.
 *
 * @param low where alarms wait in a window that is low ({@link isLow}), regions beside them keep their heads and a line
 */
export function splitsFor(needs: Needs, seat: string, low = false): Splits {
  const foot = Math.max(needs.left, needs.right) as Need;
  const flood = needs.above === 2;
  const alarmsFirst = low && needs.above > 0;
  return {
    rows: alarmsFirst ? [80, 20] : ROWS[seat === 'commander' ? 'commander' : 'duty'][foot],
    top: flood ? [54, 46] : [61, 39],
    tall: flood ? [58, 42] : [66, 34],
    right: alarmsFirst ? [74, 26] : ABOVE_BELOW[needs.above][needs.below],
    bottom: LEFT_RIGHT[needs.left][needs.right],
  };
}
