const two = (n: number): string => String(n).padStart(2, '0');

/** `YYYYMMDDhhmmss` of a wall time, by Beijing's clock. */
export function beijing(t: number): string {
  const at = new Date(t + 8 * 3_600_000);
  const [h, m, s] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}${two(h)}${two(m)}${two(s)}`;
}
