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
const at = <T>(by: ByNeed<T>, need: Need): T => by[Math.min(need, 2) as 0 | 1 | 2];

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
/** So high is a form with its region's head, and what the window has beside its rows. */
const FORM_REM = 28;
const STRIP_REM = 3;
/** The top row where it needs most, and a form's share of its column. */
const MOST_TOP = 80;
const FORM_SHARE: Pair = [28, 72];

/** How high a window is in lines of its letters. @param scale how many times their usual size these are */
export function heightInRem(heightPx: number, scale: number): number {
  return heightPx / (16 * scale);
}

/**
 * The sizes for what goes on, as nobody has set them. Where alarms wait in a low window, regions beside them keep their heads and a line;
 * where a form is filled in, it is seen whole if the window is high enough.
 *
 * @param rem height of the window: {@link heightInRem}
 */
export function splitsFor(needs: Needs, seat: string, rem: number): Splits {
  const foot = Math.max(needs.left, needs.right) as Need;
  const flood = needs.above === 2;
  const alarmsFirst = rem < LOW_REM && needs.above > 0;
  const form = needs.below === 3;
  const usual = alarmsFirst ? MOST_TOP : at(ROWS[seat === 'commander' ? 'commander' : 'duty'], foot)[0];
  const forForm = Math.min(MOST_TOP, Math.ceil((1e4 * FORM_REM) / (FORM_SHARE[1] * Math.max(1, rem - STRIP_REM))));
  const rows = form ? Math.max(usual, forForm) : usual;
  return {
    rows: [rows, 100 - rows],
    top: flood ? [54, 46] : [61, 39],
    tall: flood ? [58, 42] : [66, 34],
    right: form ? FORM_SHARE : alarmsFirst ? [74, 26] : at(at(ABOVE_BELOW, needs.above), needs.below),
    bottom: at(at(LEFT_RIGHT, needs.left), needs.right),
  };
}
