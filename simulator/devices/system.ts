import type { UnitReport } from '../../core/units/unit.ts';
import type { Observation } from '../weather.ts';

/** A file of the folder `feeds`. */
export type FeedFile = Readonly<Record<string, unknown>> & { readonly id: string };

/** A department's system that tells the hall of its part of the city in the protocol of its kind. */
export interface DepartmentSystem {
  /** What the hall is to know of it. */
  readonly feed: FeedFile;
  /** Whether it tells of a sensor or unit. */
  has(id: string): boolean;
  /** Tells what of this is its own. */
  say(observations: readonly Observation[], units: readonly UnitReport[]): void;
  close(): void;
}
