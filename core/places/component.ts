import type { Text } from '../words.ts';
import type { LonLat } from './geo.ts';

/** Something small that the city has put there and counts: a lamp, a hydrant, a cover (GB/T 30428.2 calls them 部件). Nothing is heard of it. */
export interface Component extends LonLat {
  /** Such as the 16 digits of GB/T 30428.2. */
  readonly id: string;
  /** Its class and kind, such as `0107`, or a word. */
  readonly kind: string;
  readonly name: Text;
  /** Whose it is, as its register says; empty where that says nothing. */
  readonly owner: string;
}

/** Degrees of a box, in WGS 84. */
export interface ComponentBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}
