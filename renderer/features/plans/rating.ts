/** How well a response went, worst first; each is chosen by its digit. */
export const STARS = [1, 2, 3, 4, 5] as const;
export type Stars = (typeof STARS)[number];

/**
 * The rating that a form shows as chosen: what the person chose in it, else the one that stands. Null where there is neither: a rating is a
 * judgement, and none is made in advance.
 */
export function chosenStars(picked: Stars | null, stands: { readonly stars: number } | null): Stars | null {
  return picked ?? STARS.find((each) => each === stands?.stars) ?? null;
}
