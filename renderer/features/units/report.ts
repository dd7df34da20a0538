/** A position older than this is said to be old, and drawn hatched. */
export const STALE_AFTER_S = 30;

/** Metres a second as whole kilometres an hour. */
export function kilometresAnHour(metresPerSecond: number): number {
  return Math.round(metresPerSecond * 3.6);
}

const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;

/** The nearest of the eight winds to a heading in degrees. */
export function compass(heading: number): (typeof COMPASS)[number] {
  return COMPASS[((Math.round(heading / 45) % 8) + 8) % 8] ?? 'n';
}
