/**
 * Keeps what a person chooses in a window for those that are opened next. What the window was opened with is no choice: an address that names
 * a theme speaks for its own window alone.
 *
 * @param opened what it was opened with
 * @returns is told what holds now, as often as one likes
 */
export function keptChoice<T>(opened: T, keep: (chosen: T) => void): (now: T) => void {
  let last = opened;
  return (now) => {
    if (now === last) return;
    last = now;
    keep(now);
  };
}
