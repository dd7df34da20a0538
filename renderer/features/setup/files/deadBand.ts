/** How far apart a threshold raises and clears, as it is shown; empty where that is no number yet. */
export function apart(raise: string, clear: string): string {
  if (raise.trim() === '' || clear.trim() === '') return '';
  const between = Math.abs(Number(raise) - Number(clear));
  return Number.isFinite(between) ? plain(between) : '';
}

/** Where a threshold clears that is to be so far apart, on the safe side; null where that is no number. */
export function clearFor(raise: string, between: string, low: boolean): string | null {
  if (raise.trim() === '' || between.trim() === '' || between.trim().endsWith('.')) return null;
  const by = Number(between);
  const clear = Number(raise) + (low ? by : -by);
  return Number.isFinite(clear) && by >= 0 ? plain(clear) : null;
}

/** Without what binary numbers leave: 0.4 − 0.3 is 0.1. */
const plain = (value: number): string => String(Number(value.toFixed(6)));
