/** What an event says of whom, as either form of Cursor on Target has it. */
export interface CotEvent {
  readonly uid: string;
  /** What it is about, from the general to the special: `a-f-G` something friendly on the ground, `b-a-o` an alarm, `t-x` the talk of the programs. */
  readonly type: string;
  /** When it was made, wall ms by the source's clock. */
  readonly time: number;
  /** When it is true no longer; null where it does not say. */
  readonly stale: number | null;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
  /** Within how many metres of it; {@link UNKNOWN} where that is not known. */
  readonly ce: number;
  readonly detail: CotDetail;
}

/** What the hall reads of an event's details. */
export interface CotDetail {
  /** Empty where it has none. */
  readonly callsign: string;
  /** Metres a second, and degrees clockwise from north; null where nothing is said. */
  readonly speed: number | null;
  readonly course: number | null;
  /** Percent. */
  readonly battery: number | null;
  readonly emergency: 'raised' | 'over' | null;
  /** Of an event of somebody else's making, whose it is. */
  readonly owner: string | null;
}

export const NO_DETAIL: CotDetail = {
  ...{ callsign: '', speed: null, course: null, battery: null, emergency: null, owner: null },
};

/** What stands for a number of metres that nobody knows. */
export const UNKNOWN = 9_999_999;
