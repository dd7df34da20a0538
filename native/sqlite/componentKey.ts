/** Degrees are stored as whole 1e-7 degrees: 4 bytes, about a centimetre. */
export const DEGREE = 1e7;

/** Bits of a key that are of one axis: a cell of the finest is 2 m wide. */
const BITS = 24;
const HALF = 1 << 12;

const SPREAD = Float64Array.from({ length: HALF }, (_, n) => {
  let spread = 0;
  for (let bit = 0; bit < 12; bit++) if (n & (1 << bit)) spread += 4 ** bit;
  return spread;
});

const spread = (n: number): number =>
  (SPREAD[Math.floor(n / HALF)] as number) * 2 ** BITS + (SPREAD[n % HALF] as number);

/** Where something stands as a number: what is near has numbers near each other (Morton, 24 bits an axis). */
export function componentKey(lon: number, lat: number): number {
  const part = (degrees: number, span: number) =>
    Math.min(2 ** BITS - 1, Math.max(0, Math.floor(((degrees + span) / (2 * span)) * 2 ** BITS)));
  return spread(part(lon, 180)) + 2 * spread(part(lat, 90));
}

/** The part of a key that is of a cell of some 300 m. */
export const coarse = (key: number): number => Math.floor(key / 2 ** 14);
