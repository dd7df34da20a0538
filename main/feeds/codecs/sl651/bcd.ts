/** What stands in a value's place: its digits, nothing (all F by the standard, all A by some devices), or no BCD. */
export type Bcd = { readonly digits: string; readonly negative: boolean } | 'missing' | 'unfit';

/** Bytes as upper-case hex, two characters each. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase();
}

/** Reads the bytes of a value; a leading FF is the minus (SL 651-2014 6.6.3.3 a). */
export function readBcd(bytes: Uint8Array): Bcd {
  const hex = hexOf(bytes);
  if (/^(F+|A+|)$/.test(hex)) return 'missing';
  const negative = hex.startsWith('FF');
  const digits = negative ? hex.slice(2) : hex;
  return /^\d+$/.test(digits) ? { digits, negative } : 'unfit';
}

/** @param decimals digits behind the point. Beginning from text, so that 10.49 is the nearest number to 10.49. */
export function numberOf({ digits, negative }: Exclude<Bcd, string>, decimals: number): number {
  const value = Number(`${digits}e-${decimals}`);
  return negative ? 0 - value : value;
}
