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
export interface UnitReport {
  readonly unit: string;
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

/** The newest report of every unit heard of. */
export type Positions = ReadonlyMap<string, UnitReport>;

export const noPositions: Positions = new Map();

/**
 * Whether a report of time `t` takes the place of one of time `known`: a late report never overwrites a newer one; of two
 * with the same time the one that arrives later stands, as a source that corrects itself means it.
 */
export function supersedes(t: number, known: number | undefined): boolean {
  return known === undefined || t >= known;
}

/** Takes one report in. Gives back the same map when the report is late. */
export function evolvePositions(positions: Positions, report: UnitReport): Positions {
  if (!supersedes(report.t, positions.get(report.unit)?.t)) return positions;
  return new Map(positions).set(report.unit, report);
}
