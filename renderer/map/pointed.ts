import type { Selection } from '../../contract/features/seats.ts';
import type { LonLat } from '../../core/places/geo.ts';

/** What lies under a point of the map. */
export interface Hit {
  /** The map layer that it is of. */
  readonly layer: string;
  /** Null where several things stand as one: it is opened (`OnMap.pointed`). */
  readonly selection: Selection | null;
  readonly at: LonLat;
  /** First line of the tooltip; null where the layer's `tip` says all of it. */
  readonly title: string | null;
  /** What the layer knows of it. */
  readonly properties: Readonly<Record<string, unknown>>;
}
