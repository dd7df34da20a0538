import type { LonLat } from '../../../core/places/geo.ts';
import type { MapPalette } from '../palette.ts';
import type { Hit } from '../pointed.ts';

/** A symbol at a place, with what stands in it and below it. Pixels and sizes are before the theme's scale. */
export interface Mark {
  readonly at: LonLat;
  /** Pixels from the place, east and south. */
  readonly offset?: readonly [number, number];
  /** Name of a symbol of its layer. */
  readonly symbol: string;
  /** So many times as large as drawn; 1 where left out. */
  readonly size?: number;
  /** The place is at the symbol's foot, and not in its middle. */
  readonly foot?: true;
  /** Stands in the symbol; `lower`: by so many of its own heights. */
  readonly figure?: { readonly text: string; readonly colour: (palette: MapPalette) => string; readonly lower: number };
  readonly label?: MarkLabel;
  /** Null: it is no thing of its own, and not pointed at. */
  readonly hit: Omit<Hit, 'layer'> | null;
}

/** Stands below a mark where there is room. */
export interface MarkLabel {
  /** Lines are parted by `\n`. */
  readonly text: string;
  readonly size: number;
  /** So many of its own heights under the place. */
  readonly below: number;
  /** A colour of its own, instead of a ground. */
  readonly colour?: (palette: MapPalette) => string;
}

/** What of the world is on the screen, and a little around it: degrees. */
export interface Shown {
  readonly zoom: number;
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
}

/** The marks of one layer. */
export interface Marks {
  /** @returns from the ground up */
  at(shown: Shown): readonly Mark[];
  /** They are on the screen. */
  drawn?(marks: readonly Mark[]): void;
}

/** Marks that are on the map. */
export interface Inked {
  /** They are others by now. */
  changed(): void;
  remove(): void;
}
