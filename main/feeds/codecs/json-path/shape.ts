import type { BytesAt } from './numbers.ts';
import type { Path, Scalar } from './path.ts';

/** What the messages of a system look like: where in them stands what the hall wants to know. Paths without `each` start from the message. */

/** A word that stands in the message, is a level of the topic (negative levels count from its end), or is always the same. */
export type Source = Path | { readonly level: number } | { readonly is: string };

/** A time of the message; `form` is one of timeReader's. */
export interface TimeAt {
  readonly at: Path;
  readonly form: string;
}

/** Values of quantities. */
export interface ReadingAt {
  /** Its name; null where it is the name of the member that `at` selects, or stands at `name`. */
  readonly item: string | null;
  /** What it selects is `@` for the others, and the value itself where there is no `value`. */
  readonly at: Path;
  readonly name: Source | null;
  readonly value: Path | null;
  /** Null: the time of the element. */
  readonly time: TimeAt | null;
  readonly bytes: BytesAt | null;
}

/** A number, and what it is multiplied by to be in the hall's unit. */
export interface NumberAt {
  readonly at: Path;
  readonly times: number;
}

/** Degrees; metres a second; degrees clockwise from north. What is not written is nought. */
export interface PositionAt {
  readonly lon: Path;
  readonly lat: Path;
  readonly speed: NumberAt | null;
  readonly heading: Path | null;
}

export interface Shape {
  /** The topics whose messages look so, as a filter; null for all. */
  readonly topic: string | null;
  /** What a message must say of itself to look so. */
  readonly only: readonly { readonly at: Path; readonly is: Scalar }[];
  /** Texts that hold JSON, which stands in their place from then on. */
  readonly unpack: readonly { readonly at: Path; readonly as: 'json' | 'base64-json' | 'hex-json' }[];
  /** The elements that each tell of one device at one time; null where the message is one. */
  readonly each: Path | null;
  readonly device: Source;
  /** Null: the time of receipt. */
  readonly time: TimeAt | null;
  readonly readings: readonly ReadingAt[];
  readonly position: PositionAt | null;
}
