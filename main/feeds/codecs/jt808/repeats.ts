/** So many of a terminal's newest positions are remembered at least; twice as many at most. */
const REMEMBERED = 128;

/** Tells positions that came before: a terminal that hears no answer in time sends the same again. */
export interface Repeats {
  /** Whether one with this serial and time (wall ms) came lately; remembers it if not. */
  seen(serial: number, t: number): boolean;
}

export function createRepeats(): Repeats {
  let fresh = new Set<number>();
  let older = new Set<number>();
  return {
    seen(serial, t) {
      const key = (t / 1000) * 0x10000 + serial;
      if (fresh.has(key) || older.has(key)) return true;
      if (fresh.size >= REMEMBERED) {
        older = fresh;
        fresh = new Set();
      }
      fresh.add(key);
      return false;
    },
  };
}
