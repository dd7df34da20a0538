import type { Selection } from '../../contract/features/seats.ts';

/**
 * What was not done for a person who asked by key, button or name. It stands where its place is shown, in the window's words, until somebody
 * has read it or the same is asked for again.
 */
export interface Refusal {
  /** One for what was asked, of what, and where: asked for again, the new answer takes its place. */
  readonly key: string;
  /** The region or sheet that it is about; null: the window as a whole. */
  readonly place: string | null;
  /** What it was asked of. */
  readonly about: Selection | null;
  /** A failed call, or a `Told` of the window itself: put into words where it is shown. */
  readonly why: unknown;
}

/** Where a refusal belongs. */
export type Beside = Pick<Refusal, 'place'> & Partial<Pick<Refusal, 'about'>>;

/** What tells one refusal from another. */
export function keyOf(asked: string, { place, about }: Beside): string {
  return [place ?? '', asked, about?.kind ?? '', about?.id ?? ''].join(' ');
}

/**
 * Those that are shown at a place.
 *
 * @param place null: the window as a whole, which has what is about a place that it does not show now
 * @param shown the places that this window shows
 */
export function refusalsAt(
  refusals: readonly Refusal[],
  place: string | null,
  shown: ReadonlySet<string>,
): readonly Refusal[] {
  return refusals.filter((refusal) =>
    place === null ? refusal.place === null || !shown.has(refusal.place) : refusal.place === place,
  );
}
