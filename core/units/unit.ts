/** What a unit is doing, in the order of the codes that travel to the map. */
export const UNIT_STATUSES = ['available', 'enroute', 'on-scene', 'busy', 'off'] as const;
export type UnitStatus = (typeof UNIT_STATUSES)[number];

/** A vehicle or team that can be sent. */
export interface Unit {
  readonly id: string;
  readonly callSign: string;
  readonly department: string;
  readonly kind: string;
}

/** Where a unit was and what it did, by its own report. */
export interface UnitFix {
  /** Wall ms by the source's clock. */
  readonly t: number;
  /** WGS 84 degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Degrees clockwise from north, [0, 360]. */
  readonly heading: number;
  /** Metres a second. */
  readonly speed: number;
  readonly status: UnitStatus;
}

/** A report, and of which unit. */
export interface UnitReport extends UnitFix {
  readonly unit: string;
}
